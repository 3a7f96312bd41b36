using System.Management.Automation;

namespace ReportScheduler.Host;

/// <summary>The one line at the bottom of a terminal that says how far the work is. Nothing when the output goes elsewhere.</summary>
internal sealed class ProgressLine
{
    private readonly bool onTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
    private bool shown;

    public void Show(ProgressRecord record)
    {
        if (!onTerminal)
        {
            return;
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Hide();
            return;
        }

        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        var text = $"{record.Activity}: {record.StatusDescription}{percent} {record.CurrentOperation}".TrimEnd();
        var width = Math.Max(Console.WindowWidth, 20) - 1;
        Console.Error.Write($"\r\x1b[K{(text.Length > width ? text[..width] : text)}");
        shown = true;
    }

    public void Hide()
    {
        if (shown)
        {
            Console.Error.Write("\r\x1b[K");
            shown = false;
        }
    }
}
