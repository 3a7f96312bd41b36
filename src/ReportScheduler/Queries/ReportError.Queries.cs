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
            $"The .env file '{path}' cannot be read. Check the path and its rights: {OneLine(inner)}", inner);

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
            $"'{server}' refused the login of '{user ?? "(no user)"}'. Check user name and password; Set-ReportConnection -Credential changes them: {OneLine(inner)}", inner);

    public static ReportException DatabaseMissing(string server, string? database, Exception inner) =>
        new(nameof(DatabaseMissing), ReportErrorCategory.ObjectNotFound, database ?? server,
            $"'{server}' has no database '{database}', or the login may not use it. Check the name: {OneLine(inner)}", inner);

    public static ReportException CertificateNotTrusted(string server, string remedy, Exception inner) =>
        new(nameof(CertificateNotTrusted), ReportErrorCategory.AuthenticationError, server,
            $"The certificate of '{server}' is not trusted by this computer. {remedy}: {OneLine(Innermost(inner))}", inner);

    public static ReportException KerberosNeeded(string server, Exception inner) =>
        new(nameof(KerberosNeeded), ReportErrorCategory.AuthenticationError, server,
            $"'{server}' did not take the account that runs this. Integrated security needs {(OperatingSystem.IsWindows() ? "an account of a domain that the server knows" : "a Kerberos ticket of that account here: get one with kinit, or from a keytab")}, or give a login with Set-ReportConnection -Credential: {OneLine(Innermost(inner))}", inner);

    public static ReportException InitSqlFailed(string name, Exception inner, bool transient) =>
        new(nameof(InitSqlFailed), ReportErrorCategory.InvalidData, name,
            $"The session SQL of '{name}' could not be run. Correct it with Set-ReportConnection -InitSql; an empty text removes it: {Detail(inner)}", inner)
        { IsTransient = transient };

    public static ReportException QueryNotForReading(string dataset, string server, Exception inner) =>
        new(nameof(QueryNotForReading), ReportErrorCategory.PermissionDenied, dataset,
            $"'{server}' is opened for reading, and a query may not ATTACH another file or VACUUM INTO one. Leave that out, attach it with -InitSql of the connection, or say Mode=ReadWrite in its connection string: {OneLine(inner)}", inner);

    public static ReportException ConnectionFailed(string server, Exception inner, bool transient) =>
        new(nameof(ConnectionFailed), ReportErrorCategory.ConnectionError, server,
            $"'{server}' cannot be used. See that it is up, and mend what the connection says with Set-ReportConnection: {OneLine(inner)}", inner)
        { IsTransient = transient };

    /// <param name="dataset">The beginning of the SQL text.</param>
    /// <param name="server">The server.</param>
    /// <param name="inner">What the client threw.</param>
    /// <param name="hasBegun">It was among the rows: the text may be right and a value wrong.</param>
    public static ReportException QueryFailed(string dataset, string server, Exception inner, bool hasBegun = false) =>
        new(nameof(QueryFailed), ReportErrorCategory.InvalidData, dataset, hasBegun
            ? $"'{server}' did not run the query to its end. Correct the SQL text, or the data that it reads: {Detail(inner)}"
            : $"'{server}' did not run the query. Correct the SQL text: {Detail(inner)}", inner);

    public static ReportException QueryDeadlocked(string dataset, string server, Exception inner) =>
        new(nameof(QueryDeadlocked), ReportErrorCategory.ResourceBusy, dataset,
            $"'{server}' stopped the query because another one needed the same rows (a deadlock or the like). Run the report again, or at another time: {Detail(inner)}", inner)
        { IsTransient = true };

    public static ReportException QueryLocked(string dataset, string server, Exception inner) =>
        new(nameof(QueryLocked), ReportErrorCategory.ResourceBusy, dataset,
            $"The query of '{server}' waited for a lock for too long. Run the report again, or at another time: {Detail(inner)}", inner)
        { IsTransient = true };

    public static ReportException ReadFailed(string server, Exception inner) =>
        new(nameof(ReadFailed), ReportErrorCategory.ReadError, server,
            $"'{server}' stopped sending rows. Run the report again: {OneLine(inner)}", inner)
        { IsTransient = true };

    public static ReportException NoResultSet(string server) =>
        new(nameof(NoResultSet), ReportErrorCategory.InvalidData, server,
            "The query gives no columns. A report needs a query that returns rows, such as a SELECT.");

    public static ReportException QueryHasNul(string dataset, int place) =>
        new(nameof(QueryHasNul), ReportErrorCategory.InvalidData, dataset,
            $"The query '{dataset}' has a NUL character at place {place + 1}, where databases end a text. Leave it out; for a value with NUL in it use a parameter.");

    public static ReportException QueryFileNotReadable(string path, Exception inner) =>
        new(nameof(QueryFileNotReadable), ReportErrorCategory.ReadError, path,
            $"The query file '{path}' cannot be read. Check the path and its rights: {inner.Message}", inner);

    public static ReportException QueryFileNotText(string path, Exception? inner) =>
        new(nameof(QueryFileNotText), ReportErrorCategory.InvalidData, path,
            $"The query file '{path}' is no text that can be read without loss. Save it as UTF-8.", inner);

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
            $"'{server}' does not let this login run the query. Ask for the right to read, or use another credential: {OneLine(inner)}", inner);

    public static ReportException EnvFileNotUsable(string path, int line) =>
        new(nameof(EnvFileNotUsable), ReportErrorCategory.ParserError, path,
            $"The .env file '{path}' has no NAME=value in it; line {line} is the first that cannot be read, and 256 KB is the most. Write a NAME=value a line.");

    public static ReportException AddressForWindowsOnly(string source, string kind) =>
        new(nameof(AddressForWindowsOnly), ReportErrorCategory.InvalidArgument, source,
            $"'{source}' means {kind}, which there is on Windows only. Give the server's TCP address, such as 'host,1433'.");

    public static ReportException DatabaseFileMissing(string path) =>
        new(nameof(DatabaseFileMissing), ReportErrorCategory.ObjectNotFound, path,
            $"There is no SQLite file '{path}'. Check the path; a report opens a file for reading and does not make one.");

    public static ReportException NotADatabase(string path, Exception inner) =>
        new(nameof(NotADatabase), ReportErrorCategory.InvalidData, path,
            $"'{path}' is not an SQLite database. Check the path, and the password of an encrypted one.", inner);

    /// <summary>The client's words with the server's number, by which administrators look it up; PostgreSQL's and SQLite's are in the words.</summary>
    private static string Detail(Exception inner) => inner switch
    {
        Microsoft.Data.SqlClient.SqlException { Number: > 0 } sql => $"{OneLine(sql)} (error {sql.Number}, line {sql.LineNumber})",
        MySqlConnector.MySqlException { Number: > 0 } mysql => $"{OneLine(mysql)} (error {mysql.Number}, {mysql.SqlState ?? "HY000"})",
        _ => OneLine(inner),
    };

    private static Exception Innermost(Exception problem) => problem.InnerException is { } inner ? Innermost(inner) : problem;

    /// <summary>A driver's words without the empty lines that PostgreSQL's has before POSITION and HINT.</summary>
    private static string OneLine(Exception problem) =>
        string.Join(" ", problem.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
