using System.Globalization;
using System.Text;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Files;
using ReportScheduler.Templates;
using ReportScheduler.Time;

namespace ReportScheduler.Delivery.Mail;

/// <summary>What stands in a mail: the task's text, then the first rows of each dataset, as plain text and as HTML.</summary>
internal sealed class MailText
{
    /// <summary>Beside attachments the rows are a taste.</summary>
    public const int RowsBesideFiles = 20;

    private const string DefaultBody =
        "{% if task.description %}{{ task.description }}\n\n{% endif %}"
        + "{% if run.rows == 0 %}There are no rows{% elsif run.rows == 1 %}There is 1 row{% else %}There are {{ run.rows | format_number: 'N0' }} rows{% endif %}"
        + "{% if datasets.size > 1 %} in {{ datasets.size }} tables{% if run.rows > 0 %} ({% for dataset in datasets %}{{ dataset.name }}: {{ dataset.rows | format_number: 'N0' }}{% unless forloop.last %}, {% endunless %}{% endfor %}){% endif %}{% endif %}"
        + ".";

    private const string AllAttached = "All are in the attached files.";
    private const string AlsoAttached = " and in the attached files";

    /// <summary>Data that was read this much later than it was asked for is said to be for that time.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(5);

    private readonly ReportTask task;
    private readonly ReportRun run;
    private readonly CultureInfo culture;
    private readonly IReadOnlyList<DatasetPreview> datasets;
    private readonly bool hasFiles;
    private readonly bool isHtml;
    private readonly string body;
    private readonly string? redirected;
    private readonly string? note;
    private readonly List<MailPicture> pictures = [];

    public MailText(ReportTask task, ReportRun run, TemplateModel model, ExportResult export, CultureInfo culture, string? redirectTo)
    {
        (this.task, this.run, this.culture) = (task, run, culture);
        // of several, one without rows is named all the same: nobody should look for it
        datasets = [.. export.Datasets.Where(dataset => dataset.Rows > 0 || export.Datasets.Count > 1)];
        hasFiles = export.Files.Count > 0;
        isHtml = task.BodyAsHtml && task.Body is not null;
        var template = ReportTemplate.Parse(task.Body ?? DefaultBody, nameof(task.Body));
        body = (isHtml ? template.RenderHtml(model) : template.Render(model)).ReplaceLineEndings("\n").Trim();
        if (task.Body is null)
        {
            body = Changes + (IsConditionTold ? $"{run.Condition}.\n\n" : "") + body + $" {DataNote(export.DataAt)}";
            // the period, or what else was asked for
            body += export.Parameters.Count == 0 ? "" : $"\n{string.Join(" · ", export.Parameters).ReplaceLineEndings(" ")}";
        }

        if (run.Violations.Length > 0 && task.OnViolation == ViolationPolicy.Banner)
        {
            var banner = $"Attention: this report is not as expected: {string.Join("; ", run.Violations)}.";
            body = isHtml ? $"<p><strong>{System.Net.WebUtility.HtmlEncode(banner)}</strong></p>\n{body}" : $"{banner}\n\n{body}";
        }

        foreach (var dataset in datasets)
        {
            if (dataset is { Rows: > 0, Chart: not null } && ChartPicture.Of(dataset.Chart) is { } chart)
            {
                var name = SafeName.Of(dataset.Name);
                var isTaken = pictures.Exists(picture => picture.FileName.Equals($"{name}.png", StringComparison.OrdinalIgnoreCase));
                pictures.Add(new MailPicture(dataset, isTaken ? $"{name} ({pictures.Count + 1}).png" : $"{name}.png", $"chart{pictures.Count + 1}.{run.Id}@reportscheduler", chart));
            }
        }

        redirected = redirectTo is null ? null
            : $"Redirected to {redirectTo}. It would have gone to {string.Join(", ", task.To.Concat(task.Cc).Concat(task.Bcc))}.";
        note = export.Split?.Note;
    }

    // that there are rows, the mail says anyhow
    private bool IsConditionTold => run.Condition is not null && (run.IsRecovery || !Enum.TryParse<SendWhen>(task.SendWhen, out _));

    private string Changes => run.Changes is { } words ? $"{char.ToUpperInvariant(words[0])}{words[1..]}.\n\n" : "";

    /// <summary>The charts that the HTML part refers to by their content ids.</summary>
    public IReadOnlyList<MailPicture> Pictures => pictures;

    /// <summary>The text of a mail whose files were taken out of it.</summary>
    public static string WithoutAttachments(string text) => text
        .Replace(AllAttached, "All are in the files named at the top.", StringComparison.Ordinal)
        .Replace(AlsoAttached, " and in the files named at the top", StringComparison.Ordinal);

    public string Plain()
    {
        var text = new StringBuilder();
        text.Append(isHtml ? $"{task.Name}: this report is in the HTML part of this mail{(hasFiles ? AlsoAttached : "")}." : body).Append('\n');
        foreach (var said in Notes)
        {
            text.Append('\n').Append(said).Append('\n');
        }

        foreach (var dataset in datasets)
        {
            text.Append('\n');
            if (datasets.Count > 1)
            {
                text.Append(dataset.Name).Append('\n');
            }

            if (dataset.Rows > 0)
            {
                MailTable.Plain(text, dataset, Shown(dataset));
            }

            if (Rest(dataset) is { } rest)
            {
                text.Append(rest).Append('\n');
            }
        }

        return text.Append("\n-- \n").Append(Footer()).Append('\n').ToString();
    }

    public string Html()
    {
        var html = new StringBuilder(MailHtml.Begin(task.Name, isHtml));
        html.Append(isHtml ? body : MailHtml.Paragraphs(body));
        foreach (var said in Notes)
        {
            html.Append(MailHtml.Note(said));
        }

        foreach (var dataset in datasets)
        {
            if (datasets.Count > 1)
            {
                html.Append(MailHtml.Heading(dataset.Name));
            }

            if (pictures.Find(picture => picture.Dataset == dataset) is { } picture)
            {
                html.Append(MailHtml.Picture(picture));
            }

            if (dataset.Rows > 0)
            {
                MailTable.Html(html, dataset, Shown(dataset));
            }

            if (Rest(dataset) is { } rest)
            {
                html.Append(MailHtml.Note(rest));
            }
        }

        return html.Append(MailHtml.Footer(Footer())).Append(MailHtml.End).ToString();
    }

    private IEnumerable<string> Notes => new[] { redirected, note }.OfType<string>();

    private string DataNote(DateTimeOffset dataAt)
    {
        var dueAt = Zones.Show(run.DueAt, task.TimeZone);
        return $"{DataTime.Note(dataAt, culture, task.TimeZone)}{((dataAt - dueAt).Duration() >= Noticeable ? $", for {DataTime.Text(dueAt, culture)}" : "")}.";
    }

    private IReadOnlyList<string?[]> Shown(DatasetPreview dataset) =>
        hasFiles ? [.. dataset.FirstRows.Take(RowsBesideFiles)] : dataset.FirstRows;

    private string? Rest(DatasetPreview dataset)
    {
        var shown = Shown(dataset).Count;
        return dataset.Rows == 0 ? "No rows."
            : dataset.Rows == shown ? null
            : $"The first {shown.ToString("N0", culture)} of {dataset.Rows.ToString("N0", culture)} rows. "
                + (hasFiles ? AllAttached : "The others are not in this mail; a report with a file format has them all.");
    }

    private string Footer() => $"Report '{task.Name}', run {run.Id}, sent by ReportScheduler.";
}
