using System.Globalization;
using Fluid;
using Fluid.Values;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Sources;

namespace ReportScheduler.Templates;

/// <summary>What templates may name: <c>task.*</c>, <c>run.*</c>, <c>split.*</c>, <c>figures.*</c>, <c>totals.*</c>,
/// <c>rows</c> and <c>datasets</c>.</summary>
/// <remarks>Dates are values in the task's zone, for the <c>date</c> filter; bare, they read <c>2026-03-01 09:00 +01:00</c>.</remarks>
internal sealed class TemplateModel
{
    public const string Rows = "rows";
    public const string Datasets = "datasets";
    public const string Split = "split";
    public const string Figures = "figures";
    public const string Totals = "totals";

    /// <summary>The members that can be named, by the name of the object.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, Func<TemplateModel, object?>>> Members =
        new Dictionary<string, IReadOnlyDictionary<string, Func<TemplateModel, object?>>>(StringComparer.Ordinal)
        {
            ["task"] = new Dictionary<string, Func<TemplateModel, object?>>(StringComparer.Ordinal)
            {
                ["id"] = model => model.task.Id,
                ["name"] = model => model.task.Name,
                ["description"] = model => model.task.Description,
                ["connection"] = model => model.task.Connection,
                ["time_zone"] = model => model.task.TimeZone,
                ["culture"] = model => model.task.Culture,
                ["owner"] = model => model.task.Owner,
                ["format"] = model => ExportFormats.Of(model.task).Select(format => format.Name),
                ["destination"] = model => model.task.Destination,
                ["parameters"] = model => new TemplateFields("task.parameters", model.Parameters()),
            },
            ["run"] = new Dictionary<string, Func<TemplateModel, object?>>(StringComparer.Ordinal)
            {
                ["id"] = model => model.run.Id,
                ["trigger"] = model => model.run.Trigger.ToString(),
                ["due_at"] = model => model.run.DueAt,
                ["started_at"] = model => model.run.StartedAt ?? model.run.DueAt,
                ["rows"] = model => model.datasets.Count > 0
                    ? model.datasets.Where(dataset => !dataset.IsOfComparison).Sum(dataset => dataset.Rows)
                    : model.split?.Rows ?? model.run.Rows,
                ["files"] = model => (model.files ?? model.run.Files).Select(Path.GetFileName),
                ["condition"] = model => model.run.Condition,
                ["changes"] = model => model.changes ?? model.run.Changes,
                ["recovered"] = model => model.run.IsRecovery,
                ["attempt"] = model => model.run.Attempt,
            },
            [Split] = new Dictionary<string, Func<TemplateModel, object?>>(StringComparer.Ordinal)
            {
                ["key"] = model => model.split?.Shown,
                ["rows"] = model => model.split?.Rows,
                ["values"] = model => new TemplateFields("split.values", model.KeyValues()),
            },
        };

    /// <summary>The members that have members of their own.</summary>
    public static readonly IReadOnlySet<string> Objects = new HashSet<string>(["task.parameters", "split.values"], StringComparer.Ordinal);

    /// <summary>The members that are lists.</summary>
    public static readonly IReadOnlySet<string> Lists = new HashSet<string>(["task.format", "run.files"], StringComparer.Ordinal);

    private readonly ReportTask task;
    private readonly ReportRun run;
    private readonly TimeZoneInfo zone;
    private readonly IReadOnlyList<DatasetPreview> datasets;
    private readonly SplitPart? split;
    private readonly IReadOnlyList<KeyFigure> figures = [];
    private readonly IReadOnlyList<string>? files;
    private readonly string? changes;

    /// <param name="task">The task.</param>
    /// <param name="run">The run so far.</param>
    /// <param name="culture">For month names and numbers.</param>
    /// <param name="zone">For dates.</param>
    /// <param name="export">What was made: the first rows of each dataset, and the
    /// part of a split report; null before the query ran.</param>
    public TemplateModel(ReportTask task, ReportRun run, CultureInfo culture, TimeZoneInfo zone, ExportResult export)
        : this(task, run, culture, zone, export.Datasets, export.Split)
    {
        // what a part's reader may know of the others is nothing, also not what their files are called
        files = export.Split is null ? null : export.Files;
        figures = export.KeyFigures?.Shown ?? [];
        changes = export.Changes;
    }

    /// <param name="task">The task.</param>
    /// <param name="run">The run so far.</param>
    /// <param name="culture">For month names and numbers.</param>
    /// <param name="zone">For dates.</param>
    /// <param name="datasets">The first rows of each dataset; none before the query ran.</param>
    /// <param name="split">The part of a split report; null for none.</param>
    public TemplateModel(
        ReportTask task, ReportRun run, CultureInfo culture, TimeZoneInfo zone, IReadOnlyList<DatasetPreview>? datasets = null,
        SplitPart? split = null)
    {
        (this.task, this.run, this.zone, this.datasets, this.split) = (task, run, zone, datasets ?? [], split);
        Options = new TemplateOptions
        {
            CultureInfo = culture,
            TimeZone = zone,
            MaxSteps = TemplateLimits.Steps,
            StrictFilters = true,
            Now = () => InZone(run.StartedAt ?? run.DueAt),
            Assigned = TemplateLimits.Assigned,
        };
        TemplateFilters.Put(Options.Filters);
        Options.ValueConverters.Add(value => value is DateTimeOffset instant ? new TemplateInstant(InZone(instant)) : null);
    }

    public TemplateOptions Options { get; }

    /// <summary>What a template is rendered with.</summary>
    /// <param name="isHtml">What is written is HTML.</param>
    public TemplateContext Context(bool isHtml)
    {
        var context = new TemplateContext(Options);
        TemplateLimits.Mark(context, isHtml);
        foreach (var (name, value) in Values())
        {
            context.SetValue(name, value);
        }

        return context;
    }

    /// <summary>The values by name.</summary>
    public IEnumerable<(string Name, FluidValue Value)> Values()
    {
        foreach (var (name, members) in Members)
        {
            yield return (name, new TemplateFields(name, members.ToDictionary(member => member.Key, member => member.Value(this))));
        }

        yield return (Figures, new TemplateFields(Figures, figures.ToDictionary(
            figure => figure.Slug!, figure => (object?)new TemplateFigure(figure.Value, figure.Number), StringComparer.OrdinalIgnoreCase)));
        yield return (Totals, new TemplateFields(Totals, datasets.SelectMany(dataset => dataset.ColumnTotals)
            .DistinctBy(total => total.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(total => total.Key, total => (object?)Total(total.Value.Text, total.Value.Value),
                StringComparer.OrdinalIgnoreCase)));
        yield return (Rows, FluidValue.Create(datasets.Count == 0 ? [] : FirstRows(datasets[0]), Options));
        yield return (Datasets, FluidValue.Create(datasets.Select(Dataset).ToArray(), Options));
    }

    private TemplateFigure Total(string text, Cell value) => new(text,
        TemplateRowValue.Of(value, text, Options.CultureInfo, zone) is NumberValue number ? number.ToNumberValue() : null);

    private TemplateFields[] FirstRows(DatasetPreview dataset) =>
        [.. Enumerable.Range(0, dataset.FirstRows.Count)
            .Select(row => new TemplateFields($"a row of {dataset.Name}", Cells(dataset, row)))];

    private Dictionary<string, object?> Cells(DatasetPreview dataset, int row)
    {
        var cells = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < dataset.Columns.Count; column++)
        {
            var shown = dataset.FirstRows[row][column];
            cells[dataset.Columns[column].Name] = row < dataset.Values.Count
                ? TemplateRowValue.Of(dataset.Values[row][column], shown, Options.CultureInfo, zone)
                : shown;
        }

        return cells;
    }

    private Dictionary<string, object?> KeyValues() => (split?.Values ?? []).ToDictionary(
        value => value.Key, value => (object?)TemplateRowValue.Of(value.Value, KeyText.Of(value.Value), Options.CultureInfo, zone),
        StringComparer.OrdinalIgnoreCase);

    private TemplateFields Dataset(DatasetPreview dataset) => new(Datasets, new Dictionary<string, object?>
    {
        ["name"] = dataset.Name,
        ["rows"] = dataset.Rows,
        ["columns"] = dataset.Columns.Select(column => column.Header),
        ["first_rows"] = FirstRows(dataset),
    });

    // a date in words is the date of this run, so that a subject can name the period; the date filter reads it as text
    private Dictionary<string, object?> Parameters() =>
        ReportParameters.Resolve(ReportParameters.Merge(task.Parameters, run.Parameters), run.DueAt, zone).ToDictionary(
        parameter => parameter.Name,
        parameter => parameter.Value is DateOnly date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : parameter.Value,
        StringComparer.OrdinalIgnoreCase);

    private DateTimeOffset InZone(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);
}
