using System.Globalization;
using Serilog;
using Serilog.Core;

namespace ReportScheduler.Runs;

/// <summary>The runner's log file: one line an event, a new file every day, thirty kept.</summary>
internal sealed class RunLog(string path) : IDisposable
{
    private readonly Logger logger = new LoggerConfiguration()
        .WriteTo.File(
            path,
            outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Message:l}{NewLine}",
            formatProvider: CultureInfo.InvariantCulture,
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: 30,
            shared: true)
        .CreateLogger();

    public void Write(string line) => logger.Information("{Line:l}", line);

    public void Dispose() => logger.Dispose();
}
