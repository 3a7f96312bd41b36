using System.Runtime.InteropServices;

namespace ReportScheduler.Loader;

/// <summary>Where the code of an assembly lies that was compiled for this system ahead of time: a cold process
/// need not compile it again.</summary>
internal static class CompiledAssembly
{
    /// <summary>The .NET whose code it is. An older one would leave the code aside, and loads the assembly that has none.</summary>
    private const int Runtime = 10;

    private static readonly string? System = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsLinux() ? "linux"
        : OperatingSystem.IsMacOS() ? "osx" : null;

    /// <summary>The compiled copy of an assembly; the assembly itself where there is none for this system and runtime.</summary>
    /// <param name="folder">The folder of the module's assemblies.</param>
    /// <param name="path">The assembly as it is for every system.</param>
    public static string Of(string folder, string path)
    {
        if (System is null || Environment.Version.Major < Runtime)
        {
            return path;
        }

        var system = System + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var compiled = Path.Combine(folder, "compiled", system, Path.GetFileName(path));
        return File.Exists(compiled) ? compiled : path;
    }
}
