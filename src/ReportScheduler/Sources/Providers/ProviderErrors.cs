using ReportScheduler.Secrets;

namespace ReportScheduler.Sources.Providers;

internal static class ProviderErrors
{
    public static ReportException ConnectionStringNotUsable(string name, string reason) =>
        new(nameof(ConnectionStringNotUsable), ReportErrorCategory.ParserError, name,
            $"The connection string of '{name}' cannot be used: {reason}. Give the provider's own form, such as 'Host=db;Database=shop', "
                + "or a URL, such as postgresql://user@host:5432/shop.");

    public static ReportException SettingsDoNotAgree(string name, string provider, Exception inner) =>
        new(nameof(SettingsDoNotAgree), ReportErrorCategory.InvalidArgument, name,
            $"The settings of the connection '{name}' contradict each other. Correct its connection string with Set-ReportConnection; "
                + $"the {provider} client reports: {SecretErrors.OneLine(inner)}", inner);

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
            user is null
                ? $"'{server}' refused the login, and the connection names no user. "
                    + "Give user name and password with Set-ReportConnection -Credential, or the user in the connection string: "
                    + $"{SecretErrors.OneLine(inner)}"
                : $"'{server}' refused the login of '{user}'. Check user name and password; "
                    + $"Set-ReportConnection -Credential changes them: {SecretErrors.OneLine(inner)}", inner);

    public static ReportException TokenLoginRefused(string server, string identity, Exception inner) =>
        new(nameof(TokenLoginRefused), ReportErrorCategory.AuthenticationError, identity,
            $"'{server}' refused the token of the report identity '{identity}'. "
                + "Its administrator adds it to the database, in SQL Server with CREATE USER [name of the application or managed "
                + "identity] FROM EXTERNAL PROVIDER, and grants it read access; "
                + $"the user of a connection to PostgreSQL or MySQL has that name as well: {SecretErrors.OneLine(inner)}",
            inner);

    public static ReportException IdentityNotTaken(string connection, string provider) =>
        new(nameof(IdentityNotTaken), ReportErrorCategory.InvalidArgument, connection,
            $"{provider} takes no token, and the report connection '{connection}' has an identity. "
                + "Remove it with Set-ReportConnection -Identity ''.");

    public static ReportException SignInNeedsAPerson(string server, string method) =>
        new(nameof(SignInNeedsAPerson), ReportErrorCategory.InvalidArgument, method,
            $"'{method}' needs an interactive sign-in at '{server}', which a report cannot do. "
                + "Use Active Directory Managed Identity, Service Principal, Workload Identity or Default, or a report identity with "
                + "-Identity.");

    public static ReportException AuthorityNotKnown(string server, string authority) =>
        new(nameof(AuthorityNotKnown), ReportErrorCategory.AuthenticationError, server,
            $"'{server}' asks for a token of '{authority}', which is not an Entra ID authority, so no secret is sent there. "
                + "Check the name of the server; a cloud of your own is named with the variable AZURE_AUTHORITY_HOST.");

    public static ReportException KerberosNeeded(string server, Exception inner) =>
        new(nameof(KerberosNeeded), ReportErrorCategory.AuthenticationError, server,
            $"'{server}' did not accept the account that runs the report. Integrated security needs "
                + (OperatingSystem.IsWindows()
                    ? "an account of a domain that the server knows"
                    : "a Kerberos ticket of that account here: get one with kinit, or from a keytab (kinit -k -t FILE), with the "
                        + "packages krb5-user and libgssapi-krb5-2, the domain in /etc/krb5.conf, and an SPN MSSQLSvc/host:port of "
                        + "the server")
                + $", or give a login with Set-ReportConnection -Credential: {SecretErrors.OneLine(Innermost(inner))}",
            inner);

    public static ReportException DatabaseMissing(string server, string? database, Exception inner) =>
        new(nameof(DatabaseMissing), ReportErrorCategory.ObjectNotFound, database ?? server,
            $"'{server}' has no database '{database}', or the login may not use it. Check the name: {SecretErrors.OneLine(inner)}", inner);

    public static ReportException CertificateNotTrusted(string server, string remedy, Exception inner) =>
        new(nameof(CertificateNotTrusted), ReportErrorCategory.AuthenticationError, server,
            $"The certificate of '{server}' is not trusted by this computer. {remedy}: {SecretErrors.OneLine(Innermost(inner))}", inner);

    public static ReportException QueryNotForReading(string dataset, string server, Exception inner) =>
        new(nameof(QueryNotForReading), ReportErrorCategory.PermissionDenied, dataset,
            $"A query on '{server}' may not reach beyond that database: where it is opened for reading, it may not ATTACH another file "
                + "or VACUUM INTO one, and nowhere set what is for the whole process (pragma temp_store_directory, hard_heap_limit). "
                + "Leave that out, attach it with -InitSql of the connection, or say Mode=ReadWrite in its connection string: "
                + $"{SecretErrors.OneLine(inner)}",
            inner);

    public static ReportException ConnectionReadsOnly(string dataset, string server, string detail, Exception? inner = null) =>
        new(nameof(ConnectionReadsOnly), ReportErrorCategory.PermissionDenied, dataset,
            $"The query tries to change data, and the connection to '{server}' is opened for reading only. "
                + "Leave that out of the query, or allow it with Set-ReportConnection -ReadOnly:$false (SQLite: Mode=ReadWrite in the "
                + $"connection string): {detail}",
            inner);

    public static ReportException ReadOnlyNotPossible(string name, string driver) =>
        new(nameof(ReadOnlyNotPossible), ReportErrorCategory.InvalidOperation, name,
            $"The connection '{name}' cannot be opened for reading only: ODBC has no way of its own to tell a driver that, and what the "
                + $"database of '{driver}' wants is proven here for the drivers psqlODBC, MariaDB Connector/ODBC and sqliteodbc alone. "
                + "Leave -ReadOnly out, and use a login that may only read.");

    public static ReportException ConnectionFailed(string server, Exception inner, bool transient) =>
        new(nameof(ConnectionFailed), ReportErrorCategory.ConnectionError, server,
            $"'{server}' cannot be used. Check that it is running, and correct the connection with Set-ReportConnection: "
                + $"{SecretErrors.OneLine(inner)}", inner)
        { IsTransient = transient };

    /// <param name="dataset">The beginning of the SQL text.</param>
    /// <param name="server">The server.</param>
    /// <param name="detail">The client's words.</param>
    /// <param name="hint">What else to look for; empty for nothing.</param>
    /// <param name="inner">What the client threw.</param>
    public static ReportException QueryFailed(string dataset, string server, string detail, string hint, Exception inner) =>
        new(nameof(QueryFailed), ReportErrorCategory.InvalidData, dataset,
            $"'{server}' did not run the query. Correct the SQL text{hint}: {detail}", inner);

    /// <summary>It was among the rows: the text may be right and a value wrong.</summary>
    public static ReportException QueryBroken(string dataset, string server, string detail, Exception inner) =>
        new(nameof(QueryFailed), ReportErrorCategory.InvalidData, dataset,
            $"'{server}' did not run the query to its end. Correct the SQL text, or the data that it reads: {detail}", inner);

    public static ReportException QueryDeadlocked(string dataset, string server, string detail, Exception inner) =>
        new(nameof(QueryDeadlocked), ReportErrorCategory.ResourceBusy, dataset,
            $"'{server}' stopped the query because another one needed the same rows (a deadlock or the like). "
                + $"Run the report again, or at another time: {detail}", inner)
        { IsTransient = true };

    public static ReportException QueryLocked(string dataset, string server, string detail, Exception inner) =>
        new(nameof(QueryLocked), ReportErrorCategory.ResourceBusy, dataset,
            $"The query of '{server}' waited for a lock for too long. Run the report again, or at another time: {detail}", inner)
        { IsTransient = true };

    public static ReportException ReadFailed(string server, Exception inner) =>
        new(nameof(ReadFailed), ReportErrorCategory.ReadError, server,
            $"'{server}' stopped sending rows. Run the report again: {SecretErrors.OneLine(inner)}", inner)
        { IsTransient = true };

    public static ReportException QueryTimedOut(string dataset, TimeSpan timeout, Exception inner) =>
        new(nameof(QueryTimedOut), ReportErrorCategory.OperationTimeout, dataset,
            $"The query did not end within {timeout.TotalSeconds:0.#} s, and the server was told to stop it. "
                + "Give the task a longer -Timeout, or make the query faster.", inner);

    public static ReportException QueryDenied(string dataset, string server, Exception inner) =>
        new(nameof(QueryDenied), ReportErrorCategory.PermissionDenied, dataset,
            $"'{server}' does not let this login run the query. Ask for the right to read, or use another credential: "
                + $"{SecretErrors.OneLine(inner)}", inner);

    public static ReportException AddressForWindowsOnly(string source, string kind) =>
        new(nameof(AddressForWindowsOnly), ReportErrorCategory.InvalidArgument, source,
            $"'{source}' means {kind}, which exists on Windows only. Give the server's TCP address, such as 'host,1433'.");

    public static ReportException DatabaseFileMissing(string path) =>
        new(nameof(DatabaseFileMissing), ReportErrorCategory.ObjectNotFound, path,
            $"There is no SQLite file '{path}'. Check the path; a report opens a file for reading and does not make one.");

    public static ReportException NotADatabase(string path, Exception inner) =>
        new(nameof(NotADatabase), ReportErrorCategory.InvalidData, path,
            $"'{path}' is not an SQLite database. Check the path, and the password of an encrypted one.", inner);

    public static ReportException OdbcNotInstalled(string advice, Exception inner) =>
        new(nameof(OdbcNotInstalled), ReportErrorCategory.ResourceUnavailable, "ODBC",
            $"ODBC's manager is not installed on this computer. To use -Provider Odbc, {advice}, and the driver of the database.", inner);

    public static ReportException OdbcDriverMissing(string driver, string installed, Exception inner) =>
        new(nameof(OdbcDriverMissing), ReportErrorCategory.ResourceUnavailable, driver,
            $"The ODBC driver '{driver}' is not installed on this computer, or its library cannot be loaded. "
                + $"Install it, or give the name of one that is.{installed} ({SecretErrors.OneLine(inner)})", inner);

    public static ReportException OdbcSourceMissing(string source, string known, Exception inner) =>
        new(nameof(OdbcSourceMissing), ReportErrorCategory.ObjectNotFound, source,
            $"The ODBC data source '{source}' is not defined for the account that runs this, or its driver is not installed. "
                + $"Define it in odbc.ini, or give 'Driver={{name}};Server=...' in place of it.{known} ({SecretErrors.OneLine(inner)})",
            inner);

    public static ReportException OdbcSilent(string server, string driver, Exception inner) =>
        new(nameof(OdbcSilent), ReportErrorCategory.ConnectionError, server,
            $"The ODBC driver '{driver}' refused '{server}' without giving a reason. "
                + "Try the same connection string with isql or another ODBC program on this computer.", inner);

    public static ReportException OdbcValueNotReadable(string column, string typeName, Exception inner) =>
        new(nameof(OdbcValueNotReadable), ReportErrorCategory.InvalidData, column,
            $"The ODBC driver gave a value of the column '{column}' ({typeName}) that cannot be read. "
                + $"Cast the column to text in the query: {SecretErrors.OneLine(inner)}", inner);

    public static ReportException QuestionMarkNotUsable(string sql, int place) =>
        new(nameof(QuestionMarkNotUsable), ReportErrorCategory.InvalidData, sql.Length <= 80 ? sql : sql[..77] + "...",
            $"The query has a ? outside of strings and comments, at place {place}, which ODBC takes for a parameter. "
                + "Write @name for a parameter, and a function in place of an operator with a question mark.");

    public static ReportException TooManyParameters(string dataset, string provider, int count, int most) =>
        new(nameof(TooManyParameters), ReportErrorCategory.InvalidArgument, dataset,
            string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"The query has {count:N0} parameters with the values of its lists, and {provider} takes {most:N0} at most. "
                + $"Put the values into a table and join it, or give them as one text that the query takes apart."));

    public static Exception Innermost(Exception problem) => problem.InnerException is { } inner ? Innermost(inner) : problem;
}
