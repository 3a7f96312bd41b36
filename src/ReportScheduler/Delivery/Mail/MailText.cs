using System.Globalization;
using System.Text;
using ReportScheduler.Conditions;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Files;
using ReportScheduler.Templates;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Delivery.Mail;

/// <summary>What stands in a mail: the task's text, key figures, charts and the
/// first rows of each dataset, as plain text and as HTML.</summary>
internal sealed class MailText
{
    /// <summary>Gmail cuts a mail off at about 102 KB of HTML.</summary>
    public const int MostHtml = 80 * 1024;

    private const string DefaultBody = "{{ task.description }}";

    /// <summary>Data that was read this much later than it was asked for is said to be for that time.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(5);

    private readonly ReportTask task;
    private readonly ReportRun run;
    private readonly ExportResult export;
    private readonly MailHtml page;
    private readonly CultureInfo culture;
    private readonly ReportWords words;
    private readonly MailParts parts;
    private readonly IReadOnlyList<MailExcerpt> excerpts;
    private readonly bool hasFiles;
    private readonly bool isHtml;
    private readonly string body;
    private readonly string? redirected;
    private readonly string footer;
    private readonly List<MailPicture> pictures = [];

    public MailText(ReportTask task, ReportRun run, TemplateModel model, ExportResult export, CultureInfo culture, ReportMailServer server,
        string? redirectTo)
    {
        (this.task, this.run, this.export, this.culture) = (task, run, export, culture);
        words = ReportWords.Of(culture);
        page = new MailHtml(export.Theme, culture.TextInfo.IsRightToLeft);
        Logo = export.Theme.Logo is { } logo ? MailLogo.Of(logo, export.Theme.SenderLine ?? "", run.Id) : null;
        CellPictures = new MailCellPictures(run.Id);
        hasFiles = export.Files.Count > 0;
        parts = MailParts.Of(task, hasFiles);
        excerpts = [.. export.Datasets.Select(dataset => MailExcerpt.Of(task, dataset, hasFiles))];
        isHtml = task.BodyAsHtml && task.Body is not null;
        var template = ReportTemplate.Parse(task.Body ?? DefaultBody, nameof(task.Body));
        body = (isHtml ? template.RenderHtml(model) : template.Render(model)).ReplaceLineEndings("\n").Trim();
        if (task.Body is null)
        {
            body = string.Join("\n\n", new[] { Changes, Condition, body }.Where(text => text.Length > 0));
        }

        if (run.Violations.Length > 0 && task.OnViolation == ViolationPolicy.Banner)
        {
            var banner = words.With("notAsExpected", string.Join("; ", run.Violations));
            body = isHtml ? $"<p><strong>{System.Net.WebUtility.HtmlEncode(banner)}</strong></p>\n{body}" : $"{banner}\n\n{body}";
        }

        if (run.MissingConnections.Length > 0)
        {
            var gap = words.With("incomplete", words.List(run.MissingConnections));
            body = isHtml ? $"<p><strong>{System.Net.WebUtility.HtmlEncode(gap)}</strong></p>\n{body}" : $"{gap}\n\n{body}";
        }

        if (parts.Chart)
        {
            AddPictures();
        }

        redirected = redirectTo is null
            ? null
            : words.With("redirected", redirectTo, string.Join(", ", task.To.Concat(task.Cc).Concat(task.Bcc)));
        var answers = task.ReplyTo.Length > 0 ? string.Join(", ", task.ReplyTo) : MailAddresses.Parse(server.From).Address;
        var sender = export.Theme.SenderLine is { } line
            ? line.TrimEnd('.') + "."
            : words.With("sentBy", MailAddresses.Parse(server.From) is { Name.Length: > 0 } named ? named.Name : server.From);
        footer = string.Join(' ', new[] { sender, words.With("answersTo", answers), export.Theme.Footer }.OfType<string>());
    }

    // that there are rows, the mail says anyhow
    // what was found in the rows of all is nothing for the reader of a part
    private string Condition => run.Condition is { } condition && export.Split is not { Key: not null }
        && (run.IsRecovery || !Enum.TryParse<SendWhen>(task.SendWhen, out _)) ? $"{ConditionWords ?? condition}." : "";

    private string? ConditionWords => ConditionSentence.Found(run) is not { } found ? null
        : words.With(run.IsRecovery ? "conditionEnded" : "conditionTrue", run.ConditionText, found);

    private string Changes => (export.Changes ?? run.Changes) is { } changes
        ? $"{char.ToUpper(changes[0], culture)}{changes[1..]}{(Language[..2] is "ja" or "zh" ? "。" : ".")}"
        : "";

    /// <summary>The logo that the HTML part refers to; null for none.</summary>
    public MailLogo? Logo { get; }

    /// <summary>The pictures in cells that the HTML part may refer to by their content ids.</summary>
    public MailCellPictures CellPictures { get; }

    /// <summary>The charts that the HTML part refers to by their content ids.</summary>
    public IReadOnlyList<MailPicture> Pictures => pictures;

    private string Language => culture.Name.Length == 0 ? "en" : culture.Name;

    /// <summary>The text of a mail whose files were taken out of it.</summary>
    public static string WithoutAttachments(string text, CultureInfo culture)
    {
        var words = ReportWords.Of(culture);
        var prefix = words["attached"].Split("{0}")[0];
        text = text.Replace(words["allAttached"], words["allAtTheTop"], StringComparison.Ordinal);
        text = System.Text.RegularExpressions.Regex.Replace(text, $"<p class=\"{MailHtml.Attached}\"[^>]*>.*?</p>", "");
        return string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(prefix, StringComparison.Ordinal)));
    }

    public string Plain()
    {
        var text = new StringBuilder();
        foreach (var paragraph in Above(isHtml ? PlainOfHtml.Of(body) : body))
        {
            text.Append(MailPlainTable.Wrapped(paragraph)).Append("\n\n");
        }

        if (parts.Figures && Asked.Count > 0)
        {
            text.Append(string.Concat(Asked.Select(figure => $"{figure.Label}: {figure.Value}\n"))).Append('\n');
        }

        foreach (var excerpt in excerpts)
        {
            Plain(text, excerpt);
        }

        foreach (var line in Below())
        {
            text.Append(MailPlainTable.Wrapped(line)).Append('\n');
        }

        return text.Append("-- \n").Append(MailPlainTable.Wrapped(footer)).Append('\n').ToString();
    }

    /// <summary>The HTML, with as many rows as mail programs show.</summary>
    public string Html()
    {
        var shown = excerpts;
        while (true)
        {
            var html = Html(shown);
            var most = shown.Select(excerpt => excerpt.Rows).DefaultIfEmpty(0).Max();
            if (Encoding.UTF8.GetByteCount(html) <= MostHtml || most == 0 || !parts.Table)
            {
                return html;
            }

            shown = [.. shown.Select(excerpt => excerpt with { Rows = Math.Min(excerpt.Rows, most * 4 / 5) })];
        }
    }

    private string Html(IReadOnlyList<MailExcerpt> shown)
    {
        if (isHtml && body.Contains("<html", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        // colours that somebody chose were chosen for white paper
        var isLightOnly = isHtml && (body.Contains("color", StringComparison.OrdinalIgnoreCase)
            || body.Contains("background", StringComparison.OrdinalIgnoreCase));
        var hasHeading = !isHtml || !body.Contains("<h1", StringComparison.OrdinalIgnoreCase);
        var html = new StringBuilder(page.Begin(
            task.Name, Language, Preheader(), parts.Table ? shown.SelectMany(MailTable.Fills) : [], isLightOnly,
            hasHeading, Logo));
        html.Append(isHtml ? page.Own(body) : page.Paragraphs(body));
        foreach (var line in Period())
        {
            html.Append(page.Note(line));
        }

        html.Append(parts.Figures ? page.Figures(Asked) : "");
        foreach (var excerpt in shown)
        {
            Html(html, excerpt);
        }

        if (Attached() is { } attached)
        {
            html.Append(page.Note(attached, MailHtml.Attached));
        }

        foreach (var line in Below().Where(line => line != Attached()))
        {
            html.Append(page.Note(line));
        }

        return html.Append(page.Footer(footer)).ToString();
    }

    private void Plain(StringBuilder text, MailExcerpt excerpt)
    {
        var dataset = excerpt.Dataset;
        var start = text.Length;
        if (parts.Figures)
        {
            text.Append(string.Concat(Figures(dataset).Select(figure => $"{figure.Label}: {figure.Value}\n")));
        }

        if (parts.Table)
        {
            text.Append(text.Length > start ? "\n" : "");
            var more = dataset.Rows > 0 && excerpt.Rows > 0 ? MailPlainTable.Add(text, excerpt) : 0;
            text.Append(MailPlainTable.Wrapped(Foot(excerpt, excerpt.MoreColumns + more))).Append('\n');
        }

        if (text.Length > start)
        {
            // of several, one without rows is named all the same: nobody should look for it
            text.Insert(start, excerpts.Count > 1 ? $"{dataset.Title}\n" : "").Append('\n');
        }
    }

    private void Html(StringBuilder html, MailExcerpt excerpt)
    {
        var dataset = excerpt.Dataset;
        if (excerpts.Count > 1 && (parts.Figures || parts.Table || parts.Chart))
        {
            html.Append(page.Heading(dataset.Title));
        }

        html.Append(parts.Figures ? page.Figures(Figures(dataset)) : "");
        foreach (var picture in pictures.Where(picture => picture.Dataset == dataset))
        {
            html.Append(page.Block(MailHtml.Picture(picture)));
        }

        if (parts.Table)
        {
            html.Append(dataset.Rows > 0 && excerpt.Rows > 0 ? page.Block(new MailTable(page, CellPictures).Html(excerpt, hasFiles)) : "");
            html.Append(page.Note(Foot(excerpt, excerpt.MoreColumns)));
        }
    }

    private IEnumerable<string> Above(string text) => new[] { text }.Where(part => part.Length > 0).Concat(Period());

    // the period, or what else was asked for; a body of one's own says it itself
    private IEnumerable<string> Period() => task.Body is not null || export.Parameters.Count == 0 ? []
        : [PeriodText.Line(export.Parameters, task, culture).ReplaceLineEndings(" ")];

    private IEnumerable<string> Below()
    {
        if (Attached() is { } attached)
        {
            yield return attached;
        }

        if (parts.Link && task.Destination is { } folder)
        {
            yield return folder;
        }

        if (task.Body is null)
        {
            yield return DataNote();
        }

        foreach (var note in new[] { redirected, export.Split?.Note }.OfType<string>())
        {
            yield return note;
        }
    }

    private string? Attached() => !hasFiles ? null
        : words.With("attached", words.List(export.Files.Select(
            file => $"{Path.GetFileName(file)}{(File.Exists(file) ? $" ({SizeText.Of(new FileInfo(file).Length, culture)})" : "")}")));

    // those that the task asks for stand above everything; else those of each dataset, which are its totals
    private IReadOnlyList<KeyFigure> Asked => export.KeyFigures?.Shown ?? [];

    private IReadOnlyList<KeyFigure> Figures(DatasetPreview dataset) => Asked.Count > 0 ? [] : [.. dataset.Figures.Take(KeyFigure.Most)];

    private string Preheader()
    {
        var figures = Asked.Concat(export.Datasets.SelectMany(Figures)).Take(KeyFigure.Most)
            .Select(figure => $"{figure.Label} {figure.Value}").ToList();
        var rows = words.Count("rows", export.Datasets.Where(dataset => !dataset.IsOfComparison).Sum(dataset => dataset.Rows));
        return string.Join(" · ", isHtml
            ? [PlainOfHtml.Of(body) is { Length: > 100 } plain ? plain[..100] : PlainOfHtml.Of(body)]
            : figures.Append(rows)).ReplaceLineEndings(" ");
    }

    private string DataNote()
    {
        var dueAt = Zones.Show(run.DueAt, task.TimeZone);
        var note = DataTime.Note(export.DataAt, culture, task.TimeZone);
        return (export.DataAt - dueAt).Duration() >= Noticeable ? words.With("dataFor", note, DataTime.Text(dueAt, culture)) : note;
    }

    private void AddPictures()
    {
        foreach (var dataset in export.Datasets)
        {
            foreach (var chart in dataset.Charts.Where(_ => dataset.Rows > 0).Select(ChartPicture.Of).OfType<ChartPicture>())
            {
                var name = SafeName.Of(dataset.Name);
                var isTaken = pictures.Exists(picture => picture.FileName.Equals($"{name}.png", StringComparison.OrdinalIgnoreCase));
                pictures.Add(new MailPicture(dataset, isTaken ? $"{name} ({pictures.Count + 1}).png" : $"{name}.png",
                    $"chart{pictures.Count + 1}.{run.Id}@reportscheduler", chart));
            }
        }
    }

    /// <summary>How many rows there are, and where those are that the mail does not show.</summary>
    private string Foot(MailExcerpt excerpt, int moreColumns)
    {
        var rows = excerpt.Dataset.Rows;
        var isPart = excerpt.Rows < rows;
        var columns = hasFiles ? export.Files.Any(file => Path.GetExtension(file).StartsWith(".xls", StringComparison.OrdinalIgnoreCase))
            ? "moreColumnsInWorkbook" : "moreColumnsInFile" : "moreColumns";
        var foot = rows == 0
            ? words["noRows"]
            : isPart && excerpt.Rows > 0
            ? words.Count("firstRows", rows, excerpt.Rows.ToString("N0", culture))
            : words.Count("rows", rows);
        foot += moreColumns > 0 && rows > 0 ? $" · {words.Count(columns, moreColumns)}" : "";
        return !isPart || rows == 0 ? foot : $"{foot}. {words[hasFiles ? "allAttached" : "notInMail"]}";
    }
}
