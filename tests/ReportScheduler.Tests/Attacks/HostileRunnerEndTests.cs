using System.Diagnostics;
using System.IO.Compression;
using ClosedXML.Excel;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Whatever a store, a template or a workbook holds, a stop ends the runner, and the sound tasks beside it ran.</summary>
public sealed class HostileRunnerEndTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_templates_that_work_without_end(bool bySignal)
    {
        // what rows make of a template shows in the run alone
        var run = Run(
            """
            $big = 'xxxxxxxxxx' * 80000
            foreach ($body in "{% for i in (1..1000) %}{{ rows[0].a | replace: 'x', 'yy' }}{% endfor %}",
                '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{% assign s = rows[0].a | size %}{% endfor %}{% endfor %}{% endfor %}',
                '{% assign a = rows[0].a | split: "" %}{% for i in (1..30) %}{% assign a = a | concat: a %}{% endfor %}{{ a | join: "" | size }}',
                '{% assign f = rows[0].f %}{{ 1 | format_number: f }}', '{% assign f = rows[0].d %}{{ "now" | date: f }}') {
                $null = New-ReportTask "hostile $((++$n))" c -Query "select replace(hex(zeroblob(40000)), '0', 'xxxxxxxxxx') as a, 'N999999999' as f, '%500000000Y' as d" -MailServer m -To a@example.com -Subject x -Body $body -Every 1s
            }
            """,
            bySignal);
        Assert.Contains("hostile", run, StringComparison.Ordinal);
        Assert.Contains("Failed", run, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_workbooks_that_grow_and_nest(bool bySignal)
    {
        // sound when the task is made, hostile when it runs
        Workbook("deep.xlsx",
            zip => Replace(zip, "xl/styles.xml", "<?xml version=\"1.0\"?>" + Repeat("<a>", 100_000) + Repeat("</a>", 100_000)));
        Workbook("dtd.xlsx", zip => Replace(zip, "xl/workbook.xml",
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>"));
        Workbook("large.xlsx", zip => Grow(zip, 40));
        Workbook("cut.xlsx", null);
        File.WriteAllBytes(At("cut.xlsx"), File.ReadAllBytes(At("cut.xlsx"))[..3000]);
        foreach (var name in new[] { "deep", "dtd", "large", "cut" })
        {
            Workbook($"{name}-sound.xlsx", null);
        }

        var run = Run(
            """
            foreach ($name in 'deep', 'dtd', 'large', 'cut') {
                Copy-Item "$name-sound.xlsx" "$name-used.xlsx"
                $null = New-ReportTask "hostile $name" c -Query 'select 1 as region' -Format Excel -Template "./$name-used.xlsx" -TableName Sales -Every 1s
                Copy-Item "$name.xlsx" "$name-used.xlsx"
            }
            """,
            bySignal);
        Assert.Contains("hostile", run, StringComparison.Ordinal);
        Assert.Contains("Failed", run, StringComparison.Ordinal);
        Assert.DoesNotMatch("hostile[^\n]*Succeeded", run);
    }

    [Theory]
    [InlineData("header", false)]
    [InlineData("header", true)]
    [InlineData("zeros", false)]
    [InlineData("zeros", true)]
    [InlineData("noise", false)]
    [InlineData("noise", true)]
    [InlineData("cut", false)]
    [InlineData("gone", true)]
    [InlineData("log", true)]
    public void With_a_store_that_is_damaged_while_it_runs(string damage, bool bySignal) =>
        Run("", bySignal, () => Damage(damage), expected: [0, 1]);

    [Fact]
    public void With_an_output_that_nobody_reads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        using var runner = HostProcess.Start(
            folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = At("s.db") }, "-Command",
            """
            $null = New-ReportConnection c ':memory:'
            $null = New-ReportTask sound c -Query 'select 1 as a' -Format Csv -Every 1s
            Start-ReportScheduler -DrainTimeout 1s | ForEach-Object { 'x' * 1000000 }
            """);
        runner.StandardInput.Close();
        while (runner.StandardOutput.ReadLine() is { } line && !line.Contains("started", StringComparison.Ordinal))
        {
        }
        // 64 KB fill the pipe at once
        Thread.Sleep(1000);
        using var kill = Process.Start("kill", ["-TERM", $"{runner.Id}"]);
        var isOver = runner.WaitForExit(TimeSpan.FromSeconds(90));
        if (!isOver)
        {
            runner.Kill(entireProcessTree: true);
        }

        Assert.True(isOver);
    }

    /// <returns>What the runner wrote.</returns>
    private string Run(string make, bool bySignal, Action? attack = null, params int[] expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        using var runner = HostProcess.Start(
            folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = At("s.db") }, "-Command",
            $$"""
            $null = New-ReportConnection c ':memory:'
            $null = New-ReportMailServer m -PickupDirectory ./mail -From a@example.com
            $null = New-ReportTask sound c -Query 'select 1 as a' -Format Csv -Every 1s
            {{make}}
            Start-ReportScheduler -DrainTimeout 1s {{(bySignal ? "" : "-For 4s")}} | ForEach-Object { "$($_.TaskName) $($_.Outcome)" }
            """);
        runner.StandardInput.Close();
        var error = runner.StandardError.ReadToEndAsync();
        var said = new List<string>();
        // the first runs are over; from here on it is attacked
        var isSound = false;
        while (!isSound && runner.StandardOutput.ReadLine() is { } line)
        {
            said.Add(line);
            isSound = line == "sound Succeeded";
        }

        if (!isSound)
        {
            Assert.Fail(string.Join('\n', said) + error.Result);
        }

        attack?.Invoke();
        if (bySignal)
        {
            // each task is due every second, so that the hostile ones are under way
            Thread.Sleep(1500);
            using var kill = Process.Start("kill", ["-TERM", $"{runner.Id}"]);
        }

        var rest = runner.StandardOutput.ReadToEndAsync();
        if (!runner.WaitForExit(TimeSpan.FromSeconds(90)))
        {
            runner.Kill(entireProcessTree: true);
            Assert.Fail($"The runner did not end. {string.Join('\n', said)}\n{rest.Result}");
        }

        Assert.True((expected.Length == 0 ? [0] : expected).Contains(runner.ExitCode), $"{runner.ExitCode}: {error.Result}");
        Assert.DoesNotContain("Unhandled exception", error.Result, StringComparison.Ordinal);
        return string.Join('\n', said) + rest.Result;
    }

    private void Damage(string how)
    {
        var path = At("s.db");
        if (how == "gone")
        {
            File.Move(path, At("elsewhere.db"));
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var random = new Random(20261128);
        switch (how)
        {
            case "header":
                file.Position = 64;
                file.Write(Noise(random, 4000));
                break;
            case "zeros":
                file.Position = 8192;
                file.Write(new byte[file.Length - 8192]);
                break;
            case "noise":
                for (var page = 1; page < file.Length / 8192; page++)
                {
                    file.Position = (page * 8192) + random.Next(32);
                    file.Write(Noise(random, 200));
                }

                break;
            case "cut":
                file.SetLength(file.Length / 2);
                break;
            default:
                File.WriteAllBytes(At("s-log.db"), Noise(random, 8192 * 5));
                break;
        }
    }

    private void Workbook(string name, Action<ZipArchive>? change)
    {
        using (var workbook = new XLWorkbook())
        {
            var sheet = workbook.AddWorksheet("Data");
            (sheet.Cell("A1").Value, sheet.Cell("A2").Value) = ("region", "old");
            sheet.Range("A1:A2").CreateTable("Sales");
            workbook.SaveAs(At(name));
        }

        if (change is null)
        {
            return;
        }

        using var zip = ZipFile.Open(At(name), ZipArchiveMode.Update);
        change(zip);
    }

    private static void Replace(ZipArchive zip, string part, string content)
    {
        zip.GetEntry(part)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(part).Open());
        writer.Write(content);
    }

    private static void Grow(ZipArchive zip, int times)
    {
        using var stream = zip.CreateEntry("xl/media/large.bin", CompressionLevel.Fastest).Open();
        var nothing = new byte[16 << 20];
        for (var time = 0; time < times; time++)
        {
            stream.Write(nothing);
        }
    }

    private static byte[] Noise(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private string At(string name) => Path.Combine(folder, name);
}
