using System.Diagnostics;
using System.Globalization;

namespace ReportScheduler.Benchmarks.Import;

/// <summary>How long <c>Import-Module</c> takes in a fresh PowerShell, beside a module with a manifest and nothing in it.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 15;

    public static int Run(string root)
    {
        var folder = Directory.CreateTempSubdirectory("benchmark").FullName;
        try
        {
            var empty = Path.Combine(folder, "Empty.psd1");
            File.WriteAllText(empty, "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0.0'; PowerShellVersion = '7.4'; "
                + "FunctionsToExport = @(); CmdletsToExport = @(); VariablesToExport = @(); AliasesToExport = @() }");
            File.WriteAllText(Path.Combine(folder, "Empty.psm1"), "");
            var script = Path.Combine(folder, "import.ps1");
            File.WriteAllText(script, "$clock = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module $args[0]; "
                + "$clock.Elapsed.TotalMilliseconds.ToString('0.0', [cultureinfo]::InvariantCulture)");
            var pwsh =
                Path.Combine(Environment.GetEnvironmentVariable("REPORTSCHEDULER_PWSH") ?? Path.Combine(root, "out", "pwsh"), "pwsh");
            string[] modules = [Path.Combine(root, "out", "ReportScheduler", "ReportScheduler.psd1"), empty];
            // by turns, so that a busy moment of the machine hits both
            var times = Enumerable.Range(0, Rounds).SelectMany(_ => modules).Select(module => (module, Time: Import(pwsh, script, module)))
                .ToLookup(import => import.module, import => import.Time);
            Console.WriteLine("| Import-Module in a fresh PowerShell | median ms | best ms |\n| --- | --: | --: |");
            foreach (var module in modules)
            {
                var sorted = times[module].Order().ToList();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {Path.GetFileNameWithoutExtension(module)} | {sorted[Rounds / 2]:0.0} | {sorted[0]:0.0} |"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Import(string pwsh, string script, string module)
    {
        using var process =
            Process.Start(new ProcessStartInfo(pwsh, ["-NoProfile", "-File", script, module]) { RedirectStandardOutput = true })!;
        return double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}
