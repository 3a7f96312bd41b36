using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>Which datasets of a task use a parameter.</summary>
internal static class ParameterUse
{
    /// <summary>Whether the query of a dataset mentions a parameter, or nobody can say.</summary>
    /// <param name="store">The store of the connections.</param>
    /// <param name="task">The task of the dataset.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="parameter">The name, without the character before it in a query.</param>
    public static bool IsPossible(IReportStore store, ReportTask task, ReportDataset dataset, string parameter) =>
        dataset.Script is not null || store.ProviderOf(task.ConnectionOf(dataset)) is not { } provider
            || DatabaseProviders.Named(provider).Read(dataset.Query).Mentions(parameter);
}
