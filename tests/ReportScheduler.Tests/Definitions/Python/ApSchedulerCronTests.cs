using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ReportScheduler.Definitions.Python;
using ReportScheduler.Schedules;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Definitions.Python;

public sealed class ApSchedulerCronTests
{
    public static TheoryData<string, string> Fields => new()
    {
        { """{"hour": 9}""", "0 9 * * *" },
        { """{"hour": 9, "minute": 30}""", "30 9 * * *" },
        { """{"day_of_week": "mon", "hour": 9, "minute": 0}""", "0 9 * * 1" },
        { """{"day_of_week": 0}""", "0 0 * * 1" },
        { """{"day_of_week": 6, "hour": 23}""", "0 23 * * 0" },
        { """{"day_of_week": "mon-fri", "hour": "8-18/2"}""", "0 8-18/2 * * 1,2,3,4,5" },
        { """{"day_of_week": "sat,sun"}""", "0 0 * * 0,6" },
        { """{"day_of_week": "*/2"}""", "0 0 * * 0,1,3,5" },
        { """{"minute": "*/15"}""", "*/15 * * * *" },
        { """{"second": "*/10"}""", "*/10 * * * * *" },
        { """{"month": "jan-mar"}""", "0 0 1 1-3 *" },
        { """{"month": 1, "hour": 6}""", "0 6 * 1 *" },
        { """{"month": "*/3", "day": 1, "hour": 6}""", "0 6 1 */3 *" },
        { """{"day": "last", "hour": 18}""", "0 18 L * *" },
        { """{"day": "15,last"}""", "0 0 15,L * *" },
        { """{"day": "2nd mon", "hour": 7}""", "0 7 * * 1#2" },
        { """{"day": "last fri", "hour": 17, "minute": 45}""", "45 17 * * 5L" },
        { """{"day": "1st sun, 3rd sun"}""", "0 0 * * 0#1,0#3" },
        { """{"hour": "5/6"}""", "0 5-23/6 * * *" },
        { """{"day": "*", "hour": 0}""", "0 0 * * *" },
        { """{"year": "*", "month": 12, "day": 24, "hour": 12, "minute": 30, "second": 15}""", "15 30 12 24 12 *" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Fields_become_cron_text(string json, string cron) => Assert.Equal(cron, ApSchedulerCron.ToCron("t", Given(json)));

    [Fact]
    public void The_times_are_the_ones_of_APScheduler()
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists("/usr/lib/python3/dist-packages/apscheduler/__init__.py"))
        {
            ServerProcess.Missing("APScheduler", "python3-apscheduler");
        }

        const string Script = """
            import sys, json, datetime
            from apscheduler.triggers.cron import CronTrigger
            utc = datetime.timezone.utc
            for line in sys.stdin:
                trigger = CronTrigger(timezone='UTC', **json.loads(line))
                now, out, last = datetime.datetime(2024, 1, 30, 12, 0, 1, tzinfo=utc), [], None
                for _ in range(40):
                    last = trigger.get_next_fire_time(last, now if last is None else last)
                    out.append(last.strftime('%Y-%m-%dT%H:%M:%S'))
                print(' '.join(out), flush=True)
            """;
        var start =
            new ProcessStartInfo(Python, ["-W", "ignore", "-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        foreach (var row in Fields)
        {
            var json = row.Data.Item1;
            python.StandardInput.WriteLine(json);
            python.StandardInput.Flush();
            Assert.Equal($"{json}: {python.StandardOutput.ReadLine()}", $"{json}: {Times(ApSchedulerCron.ToCron("t", Given(json)))}");
        }

        python.StandardInput.Close();
        python.WaitForExit();
    }

    [Theory]
    [InlineData("""{"year": 2024}""", "year")]
    [InlineData("""{"week": "*/2"}""", "week")]
    [InlineData("""{"day": "2nd mon, 15"}""", "day")]
    [InlineData("""{"day": "2nd mon", "day_of_week": "fri"}""", "day")]
    [InlineData("""{"hour": 25}""", "hour")]
    [InlineData("""{"minute": "x"}""", "minute")]
    [InlineData("""{"day_of_week": "moon"}""", "day_of_week")]
    [InlineData("""{"month": "5-2"}""", "month")]
    public void What_cron_text_cannot_say_is_refused_by_field(string json, string field)
    {
        var problem = Assert.Throws<ReportException>(() => ApSchedulerCron.ToCron("Daily", Given(json)));
        Assert.Equal(("CronFieldNotSayable", ReportErrorCategory.InvalidData, (object)field),
            (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains($"The cron field '{field}' of the task 'Daily'", problem.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Given(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ToString());

    private static string Times(string cron)
    {
        var schedule = TaskSchedule.Of(new ReportTask { Name = "t", Cron = cron, TimeZone = "UTC" })!;
        var times = new List<string>();
        for (var at = new DateTimeOffset(2024, 1, 30, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(500); times.Count < 40;)
        {
            at = schedule.Next(at)!.Value;
            times.Add(at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        }

        return string.Join(' ', times);
    }
}
