using System.Runtime.Versioning;
using Microsoft.Win32;
using ReportScheduler.Text;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>The drivers and data sources that this computer has, from where ODBC's manager keeps them.</summary>
/// <remarks>unixODBC: odbcinst.ini and odbc.ini in /etc or ODBCSYSINI, and the user's
/// own ~/.odbc.ini or ODBCINI; Windows: the registry.</remarks>
internal static class OdbcInstallation
{
    private static readonly string[] SystemFolders = ["/etc", "/usr/local/etc", "/opt/homebrew/etc", "/etc/unixODBC"];

    /// <summary>How ODBC's manager comes to this computer.</summary>
    public static string Advice => OperatingSystem.IsWindows() ? "repair Windows, which has it"
        : OperatingSystem.IsMacOS() ? "install unixODBC: brew install unixodbc"
        : "install unixODBC (apt install unixodbc, dnf install unixODBC, apk add unixodbc), which has libodbc.so.2";

    /// <summary>The names of the drivers, in their order.</summary>
    public static IReadOnlyList<string> DriverNames() =>
        OperatingSystem.IsWindows()
            ? OfRegistry(Registry.LocalMachine, @"SOFTWARE\ODBC\ODBCINST.INI\ODBC Drivers")
            : Sections(Files("odbcinst.ini", "ODBCINSTINI", null));

    /// <summary>The names of the data sources of this user and of the computer, in their order.</summary>
    public static IReadOnlyList<string> SourceNames() => OperatingSystem.IsWindows()
        ? [.. OfRegistry(Registry.CurrentUser, @"SOFTWARE\ODBC\ODBC.INI\ODBC Data Sources")
            .Concat(OfRegistry(Registry.LocalMachine, @"SOFTWARE\ODBC\ODBC.INI\ODBC Data Sources")).Order(StringComparer.OrdinalIgnoreCase)]
        : Sections(Files("odbc.ini", "ODBCINI", ".odbc.ini"));

    /// <summary>A setting of a data source, such as its driver; null where it is not known.</summary>
    public static string? SettingOf(string source, string key) => OperatingSystem.IsWindows() || source.Length == 0 ? null
        : Files("odbc.ini", "ODBCINI", ".odbc.ini").SelectMany(Lines).Select(line => line.Trim())
            .SkipWhile(line => !line.Equals($"[{source}]", StringComparison.OrdinalIgnoreCase)).Skip(1)
            .TakeWhile(line => !line.StartsWith('[')).Select(line => line.Split('=', 2))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0].Trim().Equals(key, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    /// <summary>The drivers in a sentence.</summary>
    public static string Drivers() => DriverNames() is { Count: > 0 } names
        ? $" The drivers on this computer: {EnglishText.List([.. names.Select(name => $"'{name}'")], "and")}."
        : " There is no driver on this computer.";

    /// <summary>The data sources in a sentence.</summary>
    public static string Sources() => SourceNames() is { Count: > 0 } names
        ? $" The data sources here: {EnglishText.List([.. names.Select(name => $"'{name}'")], "and")}."
        : " No data source is defined for this account.";

    private static IEnumerable<string> Files(string name, string variable, string? ownName)
    {
        if (ownName is not null && Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home)
        {
            yield return Path.Combine(home, ownName);
        }

        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } own)
        {
            yield return own;
        }

        foreach (var folder in Environment.GetEnvironmentVariable("ODBCSYSINI") is { Length: > 0 } system ? [system] : SystemFolders)
        {
            yield return Path.Combine(folder, name);
        }
    }

    private static string[] Sections(IEnumerable<string> files) =>
        [.. files.SelectMany(Lines).Select(line => line.Trim()).Where(line => line is ['[', .., ']']).Select(line => line[1..^1].Trim())
            .Where(name => name.Length > 0 && name is not ("ODBC" or "ODBC Drivers" or "ODBC Data Sources" or "Default"))
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    [SupportedOSPlatform("windows")]
    private static string[] OfRegistry(RegistryKey root, string path)
    {
        try
        {
            using var key = root.OpenSubKey(path);
            return key is null ? [] : [.. key.GetValueNames().Order(StringComparer.OrdinalIgnoreCase)];
        }
        catch (Exception problem) when (problem is System.Security.SecurityException or UnauthorizedAccessException or IOException)
        {
            return [];
        }
    }
}
