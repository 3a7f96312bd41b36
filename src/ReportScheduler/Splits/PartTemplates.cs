using System.Globalization;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Templates;
using ReportScheduler.Time;

namespace ReportScheduler.Splits;

/// <summary>Addresses, folders and file names of parts, from the templates of the task.</summary>
internal sealed class PartTemplates(ReportRun run, TimeZoneInfo zone)
{
    /// <summary>The addresses that templates make for a part; one that comes out empty is none.</summary>
    public IReadOnlyList<string> Addresses(ReportTask task, SplitPart part, string member, IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => MailAddresses.Split(ReportTemplate.IsMeant(text) ? Render(task, part, text, member) : text))
            .Where(address => address.Length > 0)];

    /// <summary>The folder of a part. A value in it is one name and never a way out of the folder that the task names.</summary>
    /// <exception cref="ReportException">It is no full path.</exception>
    public string? Folder(ReportTask task, SplitPart part)
    {
        if (task.Destination is not { } text || !ReportTemplate.IsMeant(text))
        {
            return task.Destination;
        }

        var folder = Render(task, Safe(part), text, nameof(task.Destination)).Trim();
        return Path.IsPathFullyQualified(folder)
            ? Path.GetFullPath(folder)
            : throw SplitErrors.SplitDestinationNotUsable(part.Shown, folder);
    }

    public string FileName(ReportTask task, SplitPart part, ReportFormat format) =>
        FileNames.Render(task, run, Culture(task), zone, format, part);

    private static SplitPart Safe(SplitPart part) => part with
    {
        Shown = SafeName.Of(part.Shown),
        Values = [.. part.Values.Select(value => KeyValuePair.Create(value.Key, Safe(value.Value)))],
    };

    private static Cell Safe(Cell value)
    {
        if (value.Kind is CellKind.Text or CellKind.Json)
        {
            value.SetText(SafeName.Of(value.Text));
        }

        return value;
    }

    private string Render(ReportTask task, SplitPart part, string text, string member) =>
        ReportTemplate.Parse(text, member).Render(Model(task, part));

    private TemplateModel Model(ReportTask task, SplitPart part) =>
        new(task, run, Culture(task), zone, split: part);

    private static CultureInfo Culture(ReportTask task) =>
        ReportCulture.Of(task.Culture);
}
