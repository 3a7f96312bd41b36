using System.Reflection;

namespace ReportScheduler.Tests.Support;

/// <summary>Where the build laid out what the tests try. Referenced by the test project, so it is always built first.</summary>
internal static class BuiltModule
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Metadata("Root");

    /// <summary><c>out/ReportScheduler</c>, the importable module.</summary>
    public static string Folder { get; } = Metadata("ModuleFolder");

    public static string Manifest => Path.Combine(Folder, "ReportScheduler.psd1");

    /// <summary>The console host; start it with <c>dotnet</c>.</summary>
    public static string Host => Path.GetFullPath(Path.Combine(Folder, "../Host/ReportScheduler.Host.dll"));

    /// <summary>The program that runs one report on .NET 8.</summary>
    public static string Net8 { get; } = Metadata("Net8");

    private static string Metadata(string key) => Path.GetFullPath(typeof(BuiltModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!);
}
