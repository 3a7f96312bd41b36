using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Files;
using ReportScheduler.Text;

namespace ReportScheduler.Runs;

/// <summary>The runner's log file: one line an event, a new file every day for its owner
/// only, thirty kept. Several runners can write the same one.</summary>
internal sealed class RunLog : IDisposable
{
    private const int FilesKept = 30;
    private const string Day = "yyyyMMdd";

    /// <summary>An error that comes again and again must not fill the disk.</summary>
    private const long LongestFile = 1 << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly long longest;
    private readonly Mutex turn;
    private string? file;

    /// <param name="path">The file; the day is put into its name.</param>
    /// <param name="clock">Says which day it is.</param>
    /// <param name="longest">How many bytes a file has at most.</param>
    /// <exception cref="ReportException">The file of today cannot be written.</exception>
    public RunLog(string path, TimeProvider clock, long longest = LongestFile)
    {
        (this.path, this.clock, this.longest) = (path, clock, longest);
        try
        {
            turn =
                new Mutex(false, @"Global\ReportScheduler.Log." + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32]);
            Append("");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            turn?.Dispose();
            throw RunErrors.LogNotWritable(path, problem);
        }
    }

    /// <summary>Writes a line. What the disk does not take is dropped: reports go on without a log.</summary>
    /// <param name="level">How much it asks for attention.</param>
    /// <param name="run">The run that it is about; null for none.</param>
    /// <param name="line">What happened.</param>
    public void Write(RunnerEventLevel level, ReportRun? run, string line)
    {
        var about = run is null ? "" : $"run={run.Id} task=\"{OneLine.Of(run.TaskName)}\" ";
        try
        {
            Append(string.Create(CultureInfo.InvariantCulture,
                $"{clock.GetLocalNow():yyyy-MM-dd HH:mm:ss.fff zzz} {Word(level)} {about}{OneLine.Of(line)}{Environment.NewLine}"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // as said above
        }
    }

    public void Dispose() => turn.Dispose();

    private static string Word(RunnerEventLevel level) => level switch
    {
        RunnerEventLevel.Error => "ERR",
        RunnerEventLevel.Warning => "WRN",
        _ => "INF",
    };

    private void Append(string line)
    {
        var isOurs = TakeTurn();
        try
        {
            var today = NameOf(clock.GetLocalNow().ToString(Day, CultureInfo.InvariantCulture));
            if (file != today)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                RemoveOld(today);
                file = today;
            }

            using var output = PrivateFile.Open(today, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
            output.Seek(0, SeekOrigin.End);
            output.Write(Encoding.UTF8.GetBytes(output.Position < longest ? line : ""));
        }
        finally
        {
            if (isOurs)
            {
                turn.ReleaseMutex();
            }
        }
    }

    /// <summary>No line is written into another one's. A runner that was stopped in
    /// the middle of a line holds nobody up for long.</summary>
    private bool TakeTurn()
    {
        try
        {
            return turn.WaitOne(Patience);
        }
        catch (AbandonedMutexException)
        {
            return true;
        }
    }

    private void RemoveOld(string today)
    {
        foreach (var old in Directory.EnumerateFiles(Path.GetDirectoryName(path)!).Where(other => other != today && IsLog(other))
            .OrderDescending(StringComparer.Ordinal).Skip(FilesKept - 1).ToList())
        {
            try
            {
                File.Delete(old);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // somebody has it open; it goes tomorrow
            }
        }
    }

    private bool IsLog(string other)
    {
        var stem = Path.GetFileNameWithoutExtension(other);
        return stem.Length >= Day.Length
            && DateOnly.TryParseExact(stem[^Day.Length..], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && Path.GetFileName(other) == Path.GetFileName(NameOf(stem[^Day.Length..]));
    }

    private string NameOf(string day) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}{day}{Path.GetExtension(path)}");
}
