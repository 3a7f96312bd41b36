using System.Diagnostics;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Host;

/// <summary>Questions on a terminal: <c>script</c> of util-linux gives the host one.</summary>
public sealed class HostPromptTests : IDisposable
{
    private const string CursorQuestion = "\x1b[6n";

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Mandatory_parameters_are_asked_for()
    {
        var screen =
            await Type("param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [int[]] $Number) \"got $Name $Number\"",
            ("Name: ", "Ann\n"), ("Number[0]: ", "1\n"), ("Number[1]: ", "x\n"), ("Number[1]: ", "2\n"), ("Number[2]: ", "\n"));
        Assert.Contains("got Ann 1 2", screen, StringComparison.Ordinal);
        Assert.Contains("Cannot recognize", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_asked_for_and_not_shown()
    {
        var screen = await Type("param([Parameter(Mandatory)] [securestring] $Secret) \"got $($Secret.Length)\"", ("Secret: ", "hidden\r"));
        Assert.Contains("got 6", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("\n", true)]
    [InlineData("n\n", false)]
    public async Task A_confirmation_is_asked_for_and_decides(string answer, bool made)
    {
        var screen = await Type("New-ReportConnection -Name shop -ConnectionString ':memory:' -StorePath ./s.db -Confirm; "
            + "'made ' + [bool](Get-ReportConnection -StorePath ./s.db)",
            ("(default is \"Y\"):", answer));
        Assert.Contains($"made {made}", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_read()
    {
        Assert.Contains("Hello Bob", await Type("$name = $Host.UI.ReadLine(); \"Hello $name\"", ("", "Bob\n")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_task_is_made_in_a_dialogue()
    {
        var screen = await Type("$env:REPORTSCHEDULER_STORE = \"$PWD/s.db\"; New-ReportTask -Interactive -Description x -Every 1d; "
            + "\"made $((Invoke-ReportTask Daily).Outcome)\"",
            ("Name of the report: ", "Daily\n"), ("new connection: ", "db\n"), ("SQLite file: ", ":memory:\n"), ("> ", "select 1\nEND\n"),
            ("commas [none]: ", "\n"), ("[Excel]: ", "Csv\n"), ("files [none]: ", "\n"), ("(default is \"Y\"):", "y\n"));
        Assert.Contains("made Succeeded", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_becomes_of_the_running_reports_is_shown_after_Ctrl_C()
    {
        var screen = await Type("""
            $env:REPORTSCHEDULER_STORE = "$PWD/s.db"
            $null = New-ReportConnection c ':memory:'
            $null = New-ReportTask slow c -Query 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000000000) select count(*) as n from n' -Format Csv -Every 1s
            Start-ReportScheduler -DrainTimeout 1s
            """, ("slow: started", "\u0003"));
        Assert.Contains("slow: Cancelled", screen, StringComparison.Ordinal);
    }

    // types each answer when its question has appeared
    private async Task<string> Type(string text, params (string Question, string Answer)[] dialogue)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "no terminal to test on: install bsdutils (script)");
        var path = Path.Combine(folder, "script.ps1");
        await File.WriteAllTextAsync(path, text);
        var start = new ProcessStartInfo("script", ["-qec", $"dotnet '{BuiltModule.Host}' '{path}'", "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var screen = "";
        foreach (var (question, answer) in dialogue)
        {
            var from = screen.Length;
            while (!screen[from..].Contains(question, StringComparison.Ordinal))
            {
                screen += await Read(process, limit.Token);
            }

            // as a person does: the terminal stops echoing when the key is waited for, just after the question
            await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
            await Write(process, answer);
        }

        while (await Read(process, limit.Token) is { Length: > 0 } more)
        {
            screen += more;
        }

        return screen;
    }

    private static async Task<string> Read(Process process, CancellationToken limit)
    {
        var buffer = new char[4096];
        var count = await process.StandardOutput.ReadAsync(buffer, limit);
        var text = new string(buffer, 0, count);
        // PowerShell asks the terminal where its cursor is, before each line and after each key
        for (var at = text.IndexOf(CursorQuestion, StringComparison.Ordinal); at
            >= 0; at = text.IndexOf(CursorQuestion, at + 1, StringComparison.Ordinal))
        {
            await Write(process, "\x1b[1;1R");
        }

        return text;
    }

    private static async Task Write(Process process, string keys)
    {
        await process.StandardInput.WriteAsync(keys);
        await process.StandardInput.FlushAsync();
    }
}
