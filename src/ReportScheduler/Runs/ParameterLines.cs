using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The parameters of a run as its report shows them.</summary>
internal sealed class ParameterLines(IReportStore store)
{
    public IReadOnlyList<ShownParameter> Of(ReportTask task, IReadOnlyList<ReportParameter> parameters, CultureInfo culture) =>
        [.. parameters.Select(parameter => new ShownParameter(parameter.Name,
            ReportParameters.Text(parameter.Value, culture), Users(task, parameter.Name))
        {
            Date = DateOf(parameter.Value),
            Words = task.ParameterLabel?[parameter.Name] as string,
        }).Where(shown => shown.Words != "")];

    private static DateTime? DateOf(object? value) => value switch
    {
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        DateTime time => time,
        DateTimeOffset time => time.DateTime,
        // a day that was typed is one too
        string text when DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => null,
    };

    /// <summary>The datasets whose queries mention a parameter; null where all do, or nobody can say.</summary>
    private List<string>? Users(ReportTask task, string parameter)
    {
        if (!task.HasSeveralDatasets)
        {
            return null;
        }

        var users = task.Datasets
            .Where(dataset => task.IsGathered(dataset) || ParameterUse.IsPossible(store, task, dataset, parameter))
            .Select(task.NameOf).ToList();
        return users.Count == task.Datasets.Length ? null : users;
    }
}
