namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException ConnectionNotFound(string name, IEnumerable<string> known) =>
        new(nameof(ConnectionNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report connection is named '{name}'.{NearMiss.Hint(name, known)} Get-ReportConnection lists the names.");

    public static ReportException ConnectionInUse(string name, string tasks) =>
        new(nameof(ConnectionInUse), ReportErrorCategory.InvalidOperation, name,
            $"The report connection '{name}' is used by {tasks}. Give those tasks another connection, or -Force to remove it all the same.");

    public static ReportException ConnectionStringNotUsable(string name, string reason) =>
        new(nameof(ConnectionStringNotUsable), ReportErrorCategory.ParserError, name,
            $"The connection string of '{name}' cannot be used: {reason}. Give the provider's own form, such as 'Host=db;Database=shop', or a URL, such as postgresql://user@host:5432/shop.");

    public static ReportException ProviderNeeded(string name) =>
        new(nameof(ProviderNeeded), ReportErrorCategory.InvalidArgument, name,
            $"The provider of '{name}' cannot be told from its connection string. Give -Provider: SqlServer, PostgreSql, MySql or Sqlite.");

    public static ReportException ReferenceNotSet(string reference) =>
        new(nameof(ReferenceNotSet), ReportErrorCategory.ObjectNotFound, reference,
            $"'{reference}' has no value here. Set that environment variable for the account that runs the task, or give a .env file with -EnvFile.");

    public static ReportException EnvFileNotReadable(string path, Exception inner) =>
        new(nameof(EnvFileNotReadable), ReportErrorCategory.ReadError, path,
            $"The .env file '{path}' cannot be read. Check the path and its rights: {inner.Message}", inner);

    public static ReportException HostUnknown(string host, Exception? inner = null) =>
        new(nameof(HostUnknown), ReportErrorCategory.ResourceUnavailable, host,
            $"No computer is known by the name '{host}'. Check the spelling, and DNS on this computer.", inner)
        { IsTransient = true };

    public static ReportException ConnectionRefused(string endpoint, Exception? inner = null) =>
        new(nameof(ConnectionRefused), ReportErrorCategory.ConnectionError, endpoint,
            $"'{endpoint}' refused the connection. Check that the server runs, listens on that port and is not behind a firewall.", inner)
        { IsTransient = true };

    public static ReportException ConnectionTimedOut(string endpoint, TimeSpan waited) =>
        new(nameof(ConnectionTimedOut), ReportErrorCategory.OperationTimeout, endpoint,
            $"'{endpoint}' did not answer within {waited.TotalSeconds:0.#} s. Check host, port and firewall.")
        { IsTransient = true };

    public static ReportException LoginRefused(string server, string? user, Exception inner) =>
        new(nameof(LoginRefused), ReportErrorCategory.AuthenticationError, user ?? server,
            $"'{server}' refused the login of '{user ?? "(no user)"}'. Check user name and password; Set-ReportConnection -Credential changes them: {inner.Message}", inner);

    public static ReportException DatabaseMissing(string server, string? database, Exception inner) =>
        new(nameof(DatabaseMissing), ReportErrorCategory.ObjectNotFound, database ?? server,
            $"'{server}' has no database '{database}', or the login may not use it. Check the name: {inner.Message}", inner);

    public static ReportException CertificateNotTrusted(string server, Exception inner) =>
        new(nameof(CertificateNotTrusted), ReportErrorCategory.AuthenticationError, server,
            $"The certificate of '{server}' is not trusted by this computer. Install its issuer, or use the name that the certificate is for: {Innermost(inner).Message}", inner);

    public static ReportException ConnectionFailed(string server, Exception inner, bool transient) =>
        new(nameof(ConnectionFailed), ReportErrorCategory.ConnectionError, server,
            $"'{server}' cannot be used. See that it is up, and mend what the connection says with Set-ReportConnection: {inner.Message}", inner)
        { IsTransient = transient };

    public static ReportException QueryFailed(string dataset, string server, Exception inner) =>
        new(nameof(QueryFailed), ReportErrorCategory.InvalidData, dataset,
            $"'{server}' did not run the query. Correct the SQL text: {inner.Message}", inner);

    public static ReportException ReadFailed(string server, Exception inner) =>
        new(nameof(ReadFailed), ReportErrorCategory.ReadError, server,
            $"'{server}' stopped sending rows. Run the report again: {inner.Message}", inner)
        { IsTransient = true };

    public static ReportException NoResultSet(string server) =>
        new(nameof(NoResultSet), ReportErrorCategory.InvalidData, server,
            "The query gives no columns. A report needs a query that returns rows, such as a SELECT.");

    public static ReportException ParameterNameNotUsable(string name) =>
        new(nameof(ParameterNameNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' cannot be the name of a parameter. Give letters, digits and _, beginning with a letter, such as @{{ day = 'yesterday' }} for @day.");

    public static ReportException ParameterValueNotUsable(string name, object? value) =>
        new(nameof(ParameterValueNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The value of the parameter '{name}' is a {value?.GetType().Name}. Give a text, number, date, time, yes or no, GUID, bytes, or a list of such values without null.");

    public static ReportException RelativeDateUnknown(string text) =>
        new(nameof(RelativeDateUnknown), ReportErrorCategory.ParserError, text,
            $"'{text}' is not a relative date. Give now, today, yesterday, tomorrow, startOf Minute, Hour, Day, Week, Month, Quarter or Year, or endOf Week, Month, Quarter or Year, and offsets in s, min, h, d, w, mo, q or y, such as startOfMonth-1mo; 'text:{text}' means the text itself.");

    public static ReportException RelativeDateOutOfRange(string text) =>
        new(nameof(RelativeDateOutOfRange), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' leads out of the calendar. Give an offset that stays between the years 1 and 9999.");

    public static ReportException ParameterMissing(string name, string dataset, IEnumerable<string> given) =>
        new(nameof(ParameterMissing), ReportErrorCategory.InvalidArgument, name,
            $"The query '{dataset}' mentions @{name}, which has no value.{NearMiss.Hint(name, given)} Give -Parameters @{{ {name} = ... }}.");

    public static ReportException ParameterUnused(string name) =>
        new(nameof(ParameterUnused), ReportErrorCategory.InvalidArgument, name,
            $"No query mentions the parameter '{name}'. Write @{name} in the SQL text, or leave it out of -Parameters.");

    public static ReportException QueryTimedOut(string dataset, TimeSpan timeout, Exception inner) =>
        new(nameof(QueryTimedOut), ReportErrorCategory.OperationTimeout, dataset,
            $"The query did not end within {timeout.TotalSeconds:0.#} s and was cancelled. Give the task a longer -Timeout, or make the query faster.", inner);

    public static ReportException QueryDenied(string dataset, string server, Exception inner) =>
        new(nameof(QueryDenied), ReportErrorCategory.PermissionDenied, dataset,
            $"'{server}' does not let this login run the query. Ask for the right to read, or use another credential: {inner.Message}", inner);

    public static ReportException EnvFileNotUsable(string path, int line) =>
        new(nameof(EnvFileNotUsable), ReportErrorCategory.ParserError, path,
            $"The .env file '{path}' has no NAME=value in it; line {line} is the first that cannot be read, and 256 KB is the most. Write a NAME=value a line.");

    public static ReportException DatabaseFileMissing(string path) =>
        new(nameof(DatabaseFileMissing), ReportErrorCategory.ObjectNotFound, path,
            $"There is no SQLite file '{path}'. Check the path; a report opens a file for reading and does not make one.");

    public static ReportException NotADatabase(string path, Exception inner) =>
        new(nameof(NotADatabase), ReportErrorCategory.InvalidData, path,
            $"'{path}' is not an SQLite database. Check the path, and the password of an encrypted one.", inner);

    private static Exception Innermost(Exception problem) => problem.InnerException is { } inner ? Innermost(inner) : problem;
}
