using System.Globalization;
using ReportScheduler.Files;
using ReportScheduler.Text;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ReportScheduler.Runs;

/// <summary>The runner's log file: one line an event, a new file every day for its owner only, thirty kept.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly string path;
    private readonly TimeProvider clock;
    private readonly Logger logger;
    private DateOnly day;

    /// <exception cref="ReportException">The file of today cannot be written.</exception>
    public RunLog(string path, TimeProvider clock)
    {
        (this.path, this.clock) = (path, clock);
        try
        {
            BeginDay();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw RunErrors.LogNotWritable(path, problem);
        }

        logger = new LoggerConfiguration()
            .WriteTo.File(
                path,
                outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {Message:l}{NewLine}",
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 30,
                shared: true)
            .CreateLogger();
    }

    /// <param name="level">How much it asks for attention.</param>
    /// <param name="run">The run that it is about; null for none.</param>
    /// <param name="line">What happened.</param>
    public void Write(RunnerEventLevel level, ReportRun? run, string line)
    {
        try
        {
            BeginDay();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // reports go on without a log, as when its disk is full
        }

        logger.Write(LevelOf(level), "{Run:l}{Line:l}", run is null ? "" : $"run={run.Id} task=\"{OneLine.Of(run.TaskName)}\" ", OneLine.Of(line));
    }

    public void Dispose() => logger.Dispose();

    private static LogEventLevel LevelOf(RunnerEventLevel level) => level switch
    {
        RunnerEventLevel.Error => LogEventLevel.Error,
        RunnerEventLevel.Warning => LogEventLevel.Warning,
        _ => LogEventLevel.Information,
    };

    /// <summary>Serilog keeps quiet about a file that it cannot write, and would make it with the rights of the umask.</summary>
    private void BeginDay()
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        if (day == today)
        {
            return;
        }

        day = today;
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var name = $"{Path.GetFileNameWithoutExtension(path)}{today.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}{Path.GetExtension(path)}";
        PrivateFile.Open(Path.Combine(folder, name), FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete).Dispose();
    }
}
