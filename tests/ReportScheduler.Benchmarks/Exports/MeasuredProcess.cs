using System.Diagnostics;
using System.Globalization;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>Runs one way to make a file in a process of its own, which prints
/// processor seconds and peak megabytes as its last words.</summary>
internal sealed class MeasuredProcess(string folder)
{
    private const string Python = "/usr/bin/python3";
    private const string PythonFrame = """
        import resource, runpy, sys
        script = sys.argv.pop(1)
        runpy.run_path(script, run_name="__main__")
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
        """;

    /// <summary>Where the file of a peer goes; formats that make several add to the name.</summary>
    public string PathOf(string name) => Path.Combine(folder, name + ".xlsx");

    /// <returns>Null, with the reason, when it cannot be measured here.</returns>
    public (Measurement? Measurement, string Reason) Run(string name, int rows)
    {
        Files(name).ForEach(File.Delete);
        var clock = new Stopwatch();
        string output;
        if (PythonPeers.All.TryGetValue(name, out var peer))
        {
            if (!File.Exists(Python) || Start(Python, ["-c", "import " + peer.Package], quiet: true) is null)
            {
                return (null, $"not installed (python3-{peer.Package})");
            }

            var script = Path.Combine(folder, "peer.py");
            File.WriteAllText(script, peer.Script);
            clock.Start();
            output = Start(Python, ["-c", PythonFrame, script, $"{rows}", PathOf(name)]) ?? "";
        }
        else
        {
            clock.Start();
            output = Start(Environment.ProcessPath!, ["exports", "--only", name, $"{rows}", PathOf(name)]) ?? "";
        }

        clock.Stop();
        if (output.Length == 0)
        {
            return (null, "failed");
        }

        var words = output.Trim().Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (new Measurement(name, rows, clock.Elapsed.TotalSeconds, words[0], words[1],
            Files(name).Sum(file => new FileInfo(file).Length) / 1e6), "");
    }

    /// <summary>Runs this program again.</summary>
    /// <returns>What it printed; null when it failed.</returns>
    public static string? Start(params string[] arguments) => Start(Environment.ProcessPath!, arguments);

    private List<string> Files(string name) =>
        [.. Directory.GetFiles(folder).Where(file => Path.GetFileName(file).StartsWith(name + ".xlsx", StringComparison.Ordinal))];

    private static string? Start(string program, string[] arguments, bool quiet = false)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = quiet })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
}
