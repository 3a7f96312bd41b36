using System.Text.RegularExpressions;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Which parts a mail shows besides its text.</summary>
internal sealed partial record MailParts(bool Figures, bool Chart, bool Table, bool Link)
{
    private static readonly MailParts Nothing = new(false, false, false, false);

    private static readonly MailParts All = new(true, true, true, false);

    /// <param name="task">The task.</param>
    /// <param name="hasFiles">The rows are in attached files.</param>
    public static MailParts Of(ReportTask task, bool hasFiles)
    {
        bool Has(MailPart part) => task.MailContent.Contains(part);
        return task.MailContent.Length > 0
            ? new MailParts(Has(MailPart.Figures), Has(MailPart.Chart), Has(MailPart.Table), Has(MailPart.Link))
            : task.Body is null ? All
            // rows that are in no file and in no text would be nowhere
            : hasFiles || ShowsRows().IsMatch(task.Body) ? Nothing : All;
    }

    [GeneratedRegex(@"\{[{%][^}]*\b(rows|datasets)\b(?<!\brun\.rows\b)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex ShowsRows();
}
