using System.Net.Sockets;
using System.Security.Authentication;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

internal static class RelationalErrors
{
    public static ReportException StoreSchemeUnknown(string scheme) =>
        new(nameof(StoreSchemeUnknown), ReportErrorCategory.InvalidArgument, scheme,
            $"'{scheme}://' is not a kind of store. Give the path of a file, or postgresql://user@host/database; there are mysql:// and "
                + "mssql:// too.");

    public static ReportException StoreAddressInvalid(string scheme, string why) =>
        new(nameof(StoreAddressInvalid), ReportErrorCategory.InvalidArgument, scheme,
            $"The address of the store cannot be read: {why}. Give {scheme}://user@host/database.");

    // the address itself is not said: the password is in it
    public static ReportException StorePasswordInAddress(string scheme, string? elsewhere) =>
        new(nameof(StorePasswordInAddress), ReportErrorCategory.InvalidArgument, scheme,
            "The address of the store has a password in it, which others could read. "
                + "Give a reference (?password=env:NAME, ?password=file:/path or ?password=vault:NAME), "
                + "an identity (?identity=ManagedIdentity)"
                + (elsewhere is null ? "." : $", or {elsewhere}."));

    public static ReportException StorePasswordNotReadable(string path, Exception inner) =>
        new(nameof(StorePasswordNotReadable), ReportErrorCategory.ReadError, path,
            $"The password of the store cannot be read. {inner.Message}", inner);

    public static ReportException StorePasswordNotSet(string reference, Exception inner) =>
        new(nameof(StorePasswordNotSet), ReportErrorCategory.ObjectNotFound, reference,
            $"The password of the store is in '{reference}', which has no value here. Set that environment variable for the account that "
                + "uses the store.", inner);

    public static ReportException StoreNotMade(string address) =>
        new(nameof(StoreNotMade), ReportErrorCategory.ObjectNotFound, address,
            $"There is no report store in the database '{address}'. Run New-ReportStore for it first, which makes the tables.");

    public static ReportException StoreTooNew(string address, int found, int known) =>
        new(nameof(StoreTooNew), ReportErrorCategory.InvalidData, address,
            $"The store '{address}' has the format {found}, written by a newer ReportScheduler; this one knows formats up to {known}. "
                + "Update the module here too.");

    public static ReportException StoreTooOld(string address, int found, int known) =>
        new(nameof(StoreTooOld), ReportErrorCategory.InvalidData, address,
            $"The store '{address}' has the format {found}, and this ReportScheduler needs {known}. "
                + "Update-ReportStore brings it up to date; older runners stop taking reports then.");

    public static ReportException StoreKeyMissing(string keyPath) =>
        new(nameof(StoreKeyMissing), ReportErrorCategory.ObjectNotFound, keyPath,
            $"The key of the store, which its passwords are protected with, is not at '{keyPath}' or is another one. "
                + "Copy the key file of a machine that has it to there, or set REPORTSCHEDULER_KEY_FILE.");

    public static ReportException StoreTablesTaken(string address) =>
        new(nameof(StoreTablesTaken), ReportErrorCategory.ResourceExists, address,
            $"The database '{address}' has tables named like those of a store, and they are something else. "
                + "Give the store a database of its own.");

    public static ReportException StoreInTheMaking(string address, string other, TimeSpan waited) =>
        new(nameof(StoreInTheMaking), ReportErrorCategory.ResourceBusy, address,
            $"The tables of the store '{address}' have been made or changed by {other} for more than {waited.TotalMinutes:0} minutes. "
                + "Run this again when that is done; where its command is gone, end that connection on the server first.")
        { IsTransient = true };

    public static ReportException StoreEncodingNarrow(string address, string encoding) =>
        new(nameof(StoreEncodingNarrow), ReportErrorCategory.InvalidData, address,
            $"The database '{address}' has the encoding {encoding}, in which not every text can be kept. Give the store one with UTF8, as "
                + "CREATE DATABASE reports ENCODING 'UTF8' TEMPLATE template0 makes it.");

    public static ReportException StoreCommitsNotKept(string address, string setting, string remedy) =>
        new(nameof(StoreCommitsNotKept), ReportErrorCategory.InvalidData, address,
            $"The database of the store '{address}' has {setting}: after a crash the last runs are lost, and reports are "
                + $"sent twice. {remedy}.");

    public static ReportException StoreReplicaBehind(string address, string remedy) =>
        new(nameof(StoreReplicaBehind), ReportErrorCategory.InvalidData, address,
            $"The replicas of the store '{address}' are behind: after a failover the last runs are lost, and reports are sent twice. "
                + $"{remedy}.");

    public static ReportException StoreHasNoFile(string address) =>
        new(nameof(StoreHasNoFile), ReportErrorCategory.InvalidOperation, address,
            $"The store '{address}' is in a database, and not a file. Back it up with the database's own tools, or copy it with "
                + "Copy-ReportStore.");

    public static ReportException StoreValueTooLarge(long size, long limit) =>
        new(nameof(StoreValueTooLarge), ReportErrorCategory.InvalidData, size,
            $"{Megabytes(size)} are more than the database of the store takes in a statement, which is {Megabytes(limit)}; nothing was "
                + "changed. Make the query, template or picture smaller, or raise max_allowed_packet of the server.");

    public static ReportException StoreStatementsShort(string address, long limit) =>
        new(nameof(StoreStatementsShort), ReportErrorCategory.InvalidData, address,
            $"The database of the store '{address}' takes {Megabytes(limit)} in a statement, and the files of reports need "
                + $"{Megabytes(StatementSize.Needed)}. Raise max_allowed_packet of the server; 16M is usual.");

    public static ReportException StoreBehindPooler(string address, Exception? inner = null) =>
        new(nameof(StoreBehindPooler), ReportErrorCategory.InvalidOperation, address,
            $"The connection to the store '{address}' goes through a pooler, such as PgBouncer, that does not take the settings of its "
                + $"sessions. Give the address of the database itself{(inner is null ? "." : $": {SecretErrors.OneLine(inner)}")}", inner);

    public static ReportException StoreUnreachable(string address, Exception inner) =>
        new(nameof(StoreUnreachable), ReportErrorCategory.ResourceUnavailable, address,
            $"The store '{address}' cannot be used now. Check that the database answers: {SecretErrors.OneLine(inner)}", inner)
        { IsTransient = true };

    public static ReportException StoreDenied(string address, Exception inner, string? hint = null) =>
        new(nameof(StoreDenied), ReportErrorCategory.PermissionDenied, address,
            $"The database does not let this user use the store '{address}'. "
                + $"Check the user, the password and its rights{(hint is null ? "" : $"; {hint}")}: {SecretErrors.OneLine(inner)}", inner);

    public static ReportException StoreStatementFailed(string address, Exception inner) =>
        new(nameof(StoreStatementFailed), ReportErrorCategory.InvalidOperation, address,
            $"The database could not carry out a statement on the store '{address}'; nothing was changed: {SecretErrors.OneLine(inner)}",
            inner);

    /// <summary>What a problem of the driver means.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="fault">What it means.</param>
    /// <param name="address">The address of the store.</param>
    /// <param name="hint">What else tells more of a user who is not let in; null for nothing.</param>
    public static ReportException Of(Exception problem, StoreFault fault, string address, string? hint = null) => fault switch
    {
        StoreFault.Denied => StoreDenied(address, problem, hint),
        StoreFault.Failed => StoreStatementFailed(address, problem),
        StoreFault.Pooled => StoreBehindPooler(address, problem),
        _ => StoreUnreachable(address, Cause(problem)),
    };

    // the network and TLS say what their driver only says that it happened; SqlClient's socket may say "Success"
    private static Exception Cause(Exception problem) => problem.InnerException switch
    {
        SocketException { SocketErrorCode: not SocketError.Success } or AuthenticationException => problem.InnerException,
        _ => problem,
    };

    private static string Megabytes(long bytes) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.##} MB");
}
