using System.Collections;
using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Conditions;
using ReportScheduler.Definitions;
using ReportScheduler.Exports;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>What the commands share that make a report of the objects of a pipeline, without a task.</summary>
public abstract class ObjectReportCommand : ReportCommand, IDisposable
{
    private ObjectExport? export;

    /// <summary>The objects, one a row. Their properties are the columns.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The properties that become columns, in this order. Wildcards stand for those of the first object. Default:
    /// all that the first 1,000 objects have; one that none of them lets be read is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Property { get; set; }

    /// <summary>The title of the report, and the name of its worksheet.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>What the report is about; stands below its title.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>How columns look, from New-ReportColumn. Columns that are not mentioned are shown as they are.</summary>
    [Parameter]
    [ColumnTransformation]
    [AllowEmptyCollection]
    public ReportColumn[]? Column { get; set; }

    /// <summary>The columns by which the rows are grouped, outermost first.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? GroupBy { get; set; }

    /// <summary>An Excel number format per column, such as @{ WorkingSet = '#,##0' }.</summary>
    [Parameter]
    [TableTransformation]
    public IDictionary? ColumnFormat { get; set; }

    /// <summary>A header text per column, such as @{ WS = 'Working set' }.</summary>
    [Parameter]
    [TableTransformation]
    public IDictionary? ColumnHeader { get; set; }

    /// <summary>Rules per column that make cells stand out, such as @{ CPU = 'greater 100 red' }.</summary>
    [Parameter]
    [TableTransformation]
    public IDictionary? Highlight { get; set; }

    /// <summary>The total per column below the rows, such as @{ Length = 'sum' }.</summary>
    [Parameter]
    [TableTransformation]
    public IDictionary? Total { get; set; }

    /// <summary>At most four key figures above the rows of PDF, HTML page and mail, such as @{ Size = 'sum(Length)'; Files = 'count()' }.
    /// [ordered]@{} keeps the order.</summary>
    [Parameter]
    [TableTransformation]
    public IDictionary? KeyFigure { get; set; }

    /// <summary>The chart, or several: Bar, HorizontalBar, StackedBar, Line, Area or Pie, what New-ReportChart gives, or a table
    /// such as @{ Kind = 'Bar'; X = 'region'; Y = 'amount'; Target = 100 }.</summary>
    [Parameter]
    [ChartTransformation]
    [ArgumentCompleter(typeof(ChartKindCompleter))]
    public ReportChart[]? Chart { get; set; }

    /// <summary>The culture of numbers and dates, such as de-DE. Default: the invariant one with ISO dates.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string? Culture { get; set; }

    /// <summary>The report theme, by its name. Default: that of the store for Send-Report, none for Export-Report.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ThemeNameCompleter))]
    public string? Theme { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        End(() =>
        {
            // a table becomes the name of its type
            if (Property?.FirstOrDefault(name => name.StartsWith("System.Collections.", StringComparison.Ordinal)) is { } calculated)
            {
                throw CommandErrors.PropertyNotUsable(calculated);
            }

            foreach (var pattern in Property?.Where(WildcardPattern.ContainsWildcardCharacters) ?? [])
            {
                Wildcards.Of(pattern);
            }

            var task = Task();
            TaskRules.CheckQuery(task);
            TaskRules.CheckCulture(task);
            ExportOptions.Check(task);
            FigureDefinition.CheckAlone(task);
            if (!Prepare(task))
            {
                return;
            }

            foreach (var advice in OptionAdvice.Of(task))
            {
                WriteWarning(advice);
            }

            export = new ObjectExport(task, Property, FileName, TimeProvider.System.GetUtcNow(), Look(task));
        });
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => End(() =>
    {
        if (export is null)
        {
            return;
        }

        var result = export.Complete();
        Warn();
        if (export.Count == 0)
        {
            WriteWarning("No objects came in, so the report has no rows.");
        }

        Finish(result, export.Folder);
    });

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        export?.Stop();
    }

    private protected override void Process()
    {
        if (export is not null && InputObject is not null)
        {
            End(() => export.Add(InputObject));
            Warn();
        }
    }

    /// <summary>Releases what a command holds.</summary>
    /// <param name="disposing">True when it is disposed.</param>
    protected virtual void Dispose(bool disposing) => export?.Dispose();

    /// <summary>Completes the task, and asks whether it shall be done.</summary>
    /// <returns>False when nothing is made.</returns>
    private protected abstract bool Prepare(ReportTask task);

    /// <summary>The name of the file of a format.</summary>
    private protected abstract string FileName(ReportFormat format);

    /// <summary>Brings the files to where they are wanted.</summary>
    /// <param name="result">What was made.</param>
    /// <param name="folder">The folder with the files, which is removed afterwards.</param>
    private protected abstract void Finish(ExportResult result, string folder);

    /// <summary>Whether a report without -Theme has the theme of the store.</summary>
    private protected virtual bool TakesThemeOfStore => false;

    private Exports.Themes.Theme Look(ReportTask task)
    {
        task.Theme = string.IsNullOrEmpty(Theme) ? null : Theme;
        if (task.Theme is { } name && !name.Equals(StoreNames.NoTheme, StringComparison.OrdinalIgnoreCase))
        {
            Store.ThemeNamed(name);
        }

        return task.Theme is not null || TakesThemeOfStore ? TaskTheme.Of(Store, task, WriteWarning) : Exports.Themes.Theme.Standard;
    }

    private ReportTask Task()
    {
        // what is piped in is neither a query nor a script of a store, and named to the rules as one
        var dataset = new ReportDataset { Script = "$input", Columns = [.. (Column ?? []).Select(column => column.Copy())],
            GroupBy = GroupBy ?? [], Charts = [.. (Chart ?? []).Select(chart => chart.Copy())] };
        foreach (var (option, given) in new[] { (nameof(ColumnFormat), ColumnFormat), (nameof(ColumnHeader), ColumnHeader),
            (nameof(Highlight), Highlight), (nameof(Total), Total) })
        {
            if (given is not null)
            {
                ColumnShorthand.Apply(dataset, option, GivenDatasets.Entries(given));
            }
        }

        return new ReportTask { Name = Title ?? "Report", Description = Description, Datasets = [dataset], TimeZone = Zones.Local,
            Culture = string.IsNullOrWhiteSpace(Culture) ? null : Culture,
            KeyFigure = KeyFigure is null ? null : GivenMembers.Ordered(KeyFigure) };
    }

    /// <summary>A problem ends the command: of a report there is no half.</summary>
    private void End(Action act)
    {
        try
        {
            act();
        }
        catch (ReportException problem)
        {
            ThrowTerminatingError(problem.ToErrorRecord());
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Warn()
    {
        foreach (var warning in export!.Warnings())
        {
            WriteWarning(warning);
        }
    }
}
