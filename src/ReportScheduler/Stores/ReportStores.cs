using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Files;
using ReportScheduler.Secrets;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Stores;

/// <summary>Finds the store that an address means: a file, or a database.</summary>
internal static class ReportStores
{
    public const string Variable = "REPORTSCHEDULER_STORE";

    /// <summary>Names the store. A file and its folder are made by the first use; the tables of a database by New-ReportStore.</summary>
    /// <param name="address">The full path of a file, or the address of a database; null for the default of the scope.</param>
    /// <param name="scope">Whose store when no address is given.</param>
    /// <param name="isMadeByReading">Whether a read makes the file where there is none; a change always does.</param>
    /// <param name="vault">The vaults of the account; null where there are none.</param>
    /// <exception cref="ReportException">The address cannot be read, or has a password in it; StoreVariableNotUsable.</exception>
    public static IReportStore Open(string? address, StoreScope scope, bool isMadeByReading = true, IVault? vault = null)
    {
        var chosen = address ?? (scope == StoreScope.User ? StoreVariable.Read(Variable) : null);
        if (chosen is null || !IsDatabase(chosen))
        {
            return StoreFile.Open(chosen, scope, isMadeByReading, vault: vault);
        }

        var database = DatabaseAddress.Parse(chosen);
        return new RelationalStore(database, FolderOf(database, scope), scope, vault);
    }

    /// <summary>Whether text is the address of a database and no path.</summary>
    public static bool IsDatabase(string address) => DatabaseAddress.IsAddress(address);

    /// <summary>The same text for one store, whoever signs in, and whatever its file is linked to.</summary>
    public static string PlaceOf(string address) => IsDatabase(address) ? DatabaseAddress.Parse(address).Place : LinkedFile.Of(address);

    /// <summary>The folder that a store has on this computer: that of the file, or one per server and database.</summary>
    public static string FolderOf(string address, StoreScope scope) =>
        IsDatabase(address) ? FolderOf(DatabaseAddress.Parse(address), scope) : Path.GetDirectoryName(address)!;

    /// <summary>The reference to the password in an address; null for none.</summary>
    public static string? PasswordReferenceOf(string address) =>
        IsDatabase(address) ? DatabaseAddress.Parse(address).PasswordReference : null;

    /// <summary>The reference to the variable that names the key file; null where none is named, or the store is in a file.</summary>
    public static string? KeyReferenceOf(string address) =>
        IsDatabase(address) && Environment.GetEnvironmentVariable(StoreKey.FileVariable) is { Length: > 0 } ? $"env:{StoreKey.FileVariable}"
            : null;

    /// <summary>The variables of this process that the driver of a database takes the password from; none where the address has a
    /// reference to it, or an identity.</summary>
    public static IEnumerable<string> PasswordVariablesOf(string address) =>
        IsDatabase(address) && DatabaseAddress.Parse(address) is { PasswordReference: null, Identity: null } database
            ? database.Dialect.PasswordVariables.Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
            : [];

    // one per server and database, whoever signs in
    private static string FolderOf(DatabaseAddress address, StoreScope scope) => Path.Combine(
        Path.GetDirectoryName(StoreFile.UsualPath(scope))!, "stores",
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address.Place)), 0, 8));
}
