using System.Diagnostics;
using System.Globalization;

namespace ReportScheduler.Benchmarks.Scheduler;

/// <summary>The same figures of APScheduler 3 with its jobs in memory, as the Python tool uses it.</summary>
/// <param name="Start">Seconds until it runs.</param>
/// <param name="Idle">Percent of one core.</param>
/// <param name="LateMedian">Milliseconds, p50.</param>
/// <param name="Late">Milliseconds, p99.</param>
/// <param name="Burst">Milliseconds until the last of the jobs due at one instant started.</param>
internal sealed record ApScheduler(string Start, string Idle, string LateMedian, string Late, string Burst)
{
    private const string Program = """
        import sys, time, datetime, threading
        count, at_once = int(sys.argv[1]), int(sys.argv[2])
        began = time.time()
        from apscheduler.schedulers.background import BackgroundScheduler
        late = []
        def job(due): late.append((time.time() - due) * 1000)
        def at(t): return datetime.datetime.fromtimestamp(t)
        s = BackgroundScheduler(job_defaults={'misfire_grace_time': 60})
        for i in range(count):
            s.add_job(job, 'date', run_date=at(began + 86400 + i), args=[0], id=str(i))
        s.start()
        print('%.2f' % (time.time() - began))
        time.sleep(2)
        c = time.process_time(); time.sleep(10)
        print('%.2f' % ((time.process_time() - c) / 10 * 100))
        t = time.time() + 2
        for i in range(100):
            s.add_job(job, 'date', run_date=at(t + i * 0.1), args=[t + i * 0.1])
        time.sleep(14)
        late.sort(); print('%.0f' % late[len(late) // 2]); print('%.0f' % late[int(len(late) * 0.99)]); late.clear()
        t = time.time() + 5
        for i in range(at_once):
            s.add_job(job, 'date', run_date=at(t), args=[t])
        time.sleep(15)
        print('%.0f' % max(late) if len(late) == at_once else '%d of %d ran' % (len(late), at_once))
        s.shutdown()
        """;

    // where Debian's package is; another Python first in the path does not see it
    private static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public static ApScheduler Measure(int count, int atOnce)
    {
        var missing = new ApScheduler("not installed", "", "", "", "");
        var start = new ProcessStartInfo(Python,
            ["-c", Program, count.ToString(CultureInfo.InvariantCulture), atOnce.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            errors.Wait();
            return lines is [var began, var idle, var median, var late, var burst]
                ? new ApScheduler(began, idle, median, late, burst)
                : missing;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return missing;
        }
    }
}
