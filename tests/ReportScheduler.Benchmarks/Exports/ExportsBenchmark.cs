using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>Measures every way to make a file in a process of its own, in one run, and writes the table as Markdown.</summary>
internal static class ExportsBenchmark
{
    private const string Python = "/usr/bin/python3";

    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["--only", var name, var rows, var path]:
                return Measure(name, int.Parse(rows, CultureInfo.InvariantCulture), path);
            case ["--rows", var rows]:
                Compare(int.Parse(rows, CultureInfo.InvariantCulture));
                return 0;
            default:
                Compare(1_000_000);
                return 0;
        }
    }

    private static int Measure(string name, int rows, string path)
    {
        var clock = Stopwatch.StartNew();
        Peers.All[name](rows, path);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds} {Peak()}"));
        return 0;
    }

    private static void Compare(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("benchmark").FullName;
        var report = new StringBuilder();
        try
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {Environment.OSVersion.Platform}; 10 mixed columns; seconds include the start of the process.").AppendLine();
            Table(report, folder, rows, ["ReportScheduler", "deflate", "MiniExcel", "EPPlus", .. rows > 300_000 ? Array.Empty<string>() : ["ClosedXML"], "openpyxl, write-only", "xlsxwriter, constant memory", "pandas"]);
            Table(report, folder, Math.Min(rows, 100_000), ["ReportScheduler", "ClosedXML"]);
            Table(report, folder, 10_000, ["ReportScheduler", "MiniExcel"]);
            Table(report, folder, 1_000, ["ReportScheduler", "MiniExcel"]);
            var formats = Math.Min(rows, 50_000);
            Table(report, folder, formats, ["ReportScheduler", "pdf", "csv", "html", "json", "all formats", "pdf, reportlab"]);
            Peers.FillSqlite(rows, Path.Combine(folder, "sales.db"));
            Table(report, folder, rows, ["ReportScheduler", "SQLite, read", "SQLite, ReportScheduler"]);
            File.WriteAllText("exports.md", report.ToString());
            Console.WriteLine($"Written to {Path.GetFullPath("exports.md")}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Table(StringBuilder report, string folder, int rows, string[] names)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"| {rows:#,##0} rows | seconds | rows/s | peak MB | file MB |").AppendLine("| --- | --: | --: | --: | --: |");
        foreach (var name in names)
        {
            table.AppendLine(Line(folder, rows, name));
        }
        Console.WriteLine(table);
        report.Append(table).AppendLine();
    }

    private static string Line(string folder, int rows, string name)
    {
        var path = Path.Combine(folder, name + ".xlsx");
        var isPython = PythonPeers.All.TryGetValue(name, out var peer);
        var script = Path.Combine(folder, "peer.py");
        if (isPython)
        {
            File.WriteAllText(script, peer.Script);
            if (!File.Exists(Python) || Start(Python, ["-c", "import " + peer.Package]).Code != 0)
            {
                return $"| {name} | not installed (python3-{peer.Package}) | | | |";
            }
        }
        var program = isPython ? Python : Environment.ProcessPath!;
        string[] arguments = isPython
            ? ["-c", "import resource, runpy, sys\nscript = sys.argv.pop(1)\nrunpy.run_path(script, run_name='__main__')\nprint('x', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)", script, $"{rows}", path]
            : ["exports", "--only", name, $"{rows}", path];
        var clock = Stopwatch.StartNew();
        var (code, output) = Start(program, arguments);
        var seconds = clock.Elapsed.TotalSeconds;
        if (code != 0)
        {
            return $"| {name} | failed | | | |";
        }
        var size = Directory.GetFiles(folder).Where(file => Path.GetFileName(file).StartsWith(name + ".xlsx", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length);
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {seconds:0.00} | {rows / seconds:#,##0} | {output.Trim().Split(' ')[^1]} | {size / 1e6:0.0} |");
    }

    private static (int Code, string Output) Start(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    // Linux says what the peak was; elsewhere the process does.
    private static long Peak()
    {
        if (File.Exists("/proc/self/status"))
        {
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
            return long.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) / 1024;
        }
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
