using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Runs;

namespace ReportScheduler.Tests.Runs;

public sealed class RunLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("log").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RunLogTests() => clock.SetLocalTimeZone(TimeZoneInfo.Utc);

    private string LogPath => Path.Combine(folder, "logs", "runner.log");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Information", "ready", "INF ready")]
    [InlineData("Warning", "ready", "WRN ready")]
    [InlineData("Error", "ready", "ERR ready")]
    [InlineData("Error", "two\nlines \u001b[31m", @"ERR two\nlines \u001b[31m")]
    public void An_event_is_one_line(string level, string text, string expected)
    {
        using var log = new RunLog(LogPath, clock);
        log.Write(Enum.Parse<RunnerEventLevel>(level), null, text);
        Assert.Equal(["2026-03-01 12:00:00.000 +00:00 " + expected], File.ReadAllLines(Path.Combine(folder, "logs", "runner20260301.log")));
    }

    [Fact]
    public void The_name_of_a_task_does_not_begin_a_line()
    {
        using var log = new RunLog(LogPath, clock);
        log.Write(RunnerEventLevel.Information, new ReportRun { Id = "7", TaskName = "Sales\nINF forged" }, "done");
        Assert.Equal(@"2026-03-01 12:00:00.000 +00:00 INF run=7 task=""Sales\nINF forged"" done",
            Assert.Single(File.ReadAllLines(Assert.Single(Logs()))));
    }

    [Fact]
    public void Every_day_has_a_file_and_thirty_are_kept()
    {
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        string[] others = ["runner-notes.log", "runner99999999.log", "other20260101.log", "runner20260101.txt"];
        foreach (var other in others)
        {
            File.WriteAllText(Path.Combine(folder, "logs", other), "");
        }

        using var log = new RunLog(LogPath, clock);
        for (var day = 0; day < 35; day++)
        {
            log.Write(RunnerEventLevel.Information, null, $"day {day}");
            clock.Advance(TimeSpan.FromDays(1));
        }

        var logs = Logs().Except(others.Select(other => Path.Combine(folder, "logs", other))).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(30, logs.Count);
        Assert.Equal("runner20260306.log", Path.GetFileName(logs[0]));
        Assert.EndsWith("day 34", Assert.Single(File.ReadAllLines(logs[^1])), StringComparison.Ordinal);
        Assert.All(others, other => Assert.True(File.Exists(Path.Combine(folder, "logs", other)), other));
    }

    [Fact]
    public void A_log_that_was_there_is_continued_by_its_owner_only()
    {
        for (var start = 1; start <= 2; start++)
        {
            using var log = new RunLog(LogPath, clock);
            log.Write(RunnerEventLevel.Information, null, $"start {start}");
        }

        var file = Assert.Single(Logs());
        Assert.Equal(2, File.ReadAllLines(file).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void Runners_that_share_a_log_write_whole_lines()
    {
        var text = new string('x', 3000);
        var writers = Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            using var log = new RunLog(LogPath, clock);
            for (var line = 0; line < 50; line++)
            {
                log.Write(RunnerEventLevel.Information, null, $"{number} {text}");
            }
        })).ToList();
        writers.ForEach(writer => writer.Start());
        writers.ForEach(writer => writer.Join());
        var lines = File.ReadAllLines(Assert.Single(Logs()));
        Assert.Equal(200, lines.Length);
        Assert.All(lines, line => Assert.Matches($@"^2026-03-01 12:00:00\.000 \+00:00 INF [0-3] {text}$", line));
    }

    [Fact]
    public void A_log_can_be_read_and_removed_while_it_is_written()
    {
        using var log = new RunLog(LogPath, clock);
        log.Write(RunnerEventLevel.Information, null, "first");
        var file = Assert.Single(Logs());
        using (new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            log.Write(RunnerEventLevel.Information, null, "second");
        }

        Assert.Equal(2, File.ReadAllLines(file).Length);
        File.Delete(file);
        log.Write(RunnerEventLevel.Information, null, "third");
        Assert.EndsWith("third", Assert.Single(File.ReadAllLines(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_ends_at_its_limit_until_the_next_day()
    {
        using var log = new RunLog(LogPath, clock, longest: 100);
        for (var line = 0; line < 10; line++)
        {
            log.Write(RunnerEventLevel.Information, null, "a line of some length, twice of which are enough");
        }

        Assert.Equal(2, File.ReadAllLines(Assert.Single(Logs())).Length);
        clock.Advance(TimeSpan.FromDays(1));
        log.Write(RunnerEventLevel.Information, null, "next");
        Assert.Equal(2, Logs().Length);
    }

    private string[] Logs() => Directory.GetFiles(Path.Combine(folder, "logs"));
}
