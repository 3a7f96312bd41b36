namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>How the drivers that were tried here are told that a session may only read. Every other one is refused.</summary>
internal static class OdbcReading
{
    /// <summary>The beginning of the library's name, a word in the name of the driver, and the SQL.</summary>
    private static readonly (string Library, string Name, string Sql)[] Known =
    [
        ("psqlodbc", "postgres", "SET default_transaction_read_only = on"),
        ("maodbc", "mariadb", "SET SESSION TRANSACTION READ ONLY"),
        ("sqlite", "sqlite", "PRAGMA query_only = ON"),
    ];

    /// <summary>Whether a driver may be one of them, by the name that it is registered with or by the path of its library.</summary>
    public static bool MayKnow(string driver) =>
        Array.Exists(Known, known => driver.Contains(known.Name, StringComparison.OrdinalIgnoreCase) || IsOf(driver, known.Library));

    /// <summary>The statement, by the library that is open; null for one that was not tried.</summary>
    public static string? Sql(string library) => Known.FirstOrDefault(known => IsOf(library, known.Library)).Sql;

    private static bool IsOf(string library, string start)
    {
        var name = Path.GetFileName(library.Replace('\\', '/'));
        name = name.StartsWith("lib", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        return name.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }
}
