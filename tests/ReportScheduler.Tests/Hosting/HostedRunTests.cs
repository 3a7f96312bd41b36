using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using ReportScheduler.Hosting;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Hosting;

/// <summary>What is registered, taken from where the system reads it and started as the system does, with the host as PowerShell.</summary>
public sealed class HostedRunTests : IDisposable
{
    private static readonly XNamespace Xml = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    // what people write and systems might take for something else
    private readonly string folder =
        Path.Combine(Directory.CreateTempSubdirectory("report-scheduler-").FullName, "it's 100% $HOME `x` \u2019 \"q\" & <b>");

    private string StorePath => Path.Combine(folder, "reports.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Theory]
    [InlineData(HostingSystem.Cron, true)]
    [InlineData(HostingSystem.Cron, false)]
    [InlineData(HostingSystem.Systemd, true)]
    [InlineData(HostingSystem.Systemd, false)]
    [InlineData(HostingSystem.TaskScheduler, true)]
    [InlineData(HostingSystem.TaskScheduler, false)]
    public void The_registered_command_runs_what_is_due_and_its_exit_code_is_the_truth(HostingSystem system, bool works)
    {
        Directory.CreateDirectory(folder);
        using (var session = new PowerShellSession(folder))
        {
            session.Run($$"""
                $PSDefaultParameterValues['*-Report*:StorePath'] = $path
                New-ReportConnection db -ConnectionString ':memory:'
                New-ReportMailServer pickup -PickupDirectory mail -From reports@example.com
                New-ReportTask Due db -Query 'select {{(works ? "1" : "* from nothing")}}' -Format Csv -To ann@example.com -Every 1d
                """, new { path = StorePath }).NoErrors();
        }

        var store = StoreFile.Open(StorePath, StoreScope.User);
        store.PutTask(store.FindTask("Due")!, PutMode.Update, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var definition = SystemSchedulers.Of(system).Compile(Job(), HostedSamples.Now);
        using var process = Process.Start(system switch
        {
            HostingSystem.Cron => AsCron(definition.Files.Single().Text),
            HostingSystem.Systemd => AsSystemd(definition.Files[0].Text),
            _ => AsTaskScheduler(definition.Files.Single().Text),
        })!;
        process.StandardInput.Close();
        var ended = HostProcess.End(process);
        Assert.True(ended.ExitCode == (works ? 0 : 1), ended.Output + ended.Error);
        Assert.Equal(works ? 1 : 0, Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml").Length);
    }

    private HostedJob Job() => new()
    {
        Name = "Dispatcher",
        SystemName = "Dispatcher",
        Work = HostedWork.Dispatcher,
        PowerShellPath = Path.ChangeExtension(BuiltModule.Host, null),
        ModulePath = BuiltModule.Manifest,
        StorePath = StorePath,
    };

    // crontab(5): after five fields the line goes to /bin/sh, \% is a percent sign
    private static ProcessStartInfo AsCron(string line) =>
        Start("/bin/sh", ["-c", line.Split(' ', 6)[5].Replace("\\%", "%", StringComparison.Ordinal)]);

    // systemd.service(5), COMMAND LINES: words in double quotes, \ escapes, %% and $$
    private static ProcessStartInfo AsSystemd(string unit)
    {
        var line = unit.Split('\n').Single(text => text.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        var (words, word, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var place = 0; place < line.Length; place++)
        {
            switch (line[place])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\\' or '%' or '$':
                    word.Append(line[++place]);
                    break;
                case ' ' when !quoted:
                    words.Add(word.ToString());
                    word.Clear();
                    break;
                default:
                    word.Append(line[place]);
                    break;
            }
        }

        return Start(words[0], [.. words.Skip(1), word.ToString()]);
    }

    // ProcessStartInfo.Arguments is split by the rules of Windows on every system
    private static ProcessStartInfo AsTaskScheduler(string xml)
    {
        var exec = XDocument.Parse(xml).Descendants(Xml + "Exec").Single();
        var start = Start(exec.Element(Xml + "Command")!.Value, []);
        start.Arguments = exec.Element(Xml + "Arguments")!.Value;
        return start;
    }

    // as cron and systemd start things: next to no environment, another folder
    private static ProcessStartInfo Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", RedirectStandardInput = true,
            RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        (start.Environment["HOME"], start.Environment["PATH"]) = (Path.GetTempPath(), "/usr/bin:/bin");
        return start;
    }
}
