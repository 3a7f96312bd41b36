namespace ReportScheduler.Exports.Layout;

/// <summary>A parameter as people read it in a report.</summary>
/// <param name="Name">Its name without a sign.</param>
/// <param name="Value">Its value, in the report's culture.</param>
/// <param name="Datasets">The names of the datasets whose queries use it; null for all.</param>
internal sealed record ShownParameter(string Name, string Value, IReadOnlyCollection<string>? Datasets = null)
{
    /// <summary>Its value as a date and time; null for others.</summary>
    public DateTime? Date { get; init; }

    /// <summary>What the task calls it; null for its name in words.</summary>
    public string? Words { get; init; }

    private string Label => Words ?? HeaderText.Of(Name);

    /// <summary>Whether the query of a dataset uses it.</summary>
    public bool IsOf(string dataset) => Datasets?.Contains(dataset, StringComparer.OrdinalIgnoreCase) ?? true;

    /// <summary>For a line about the whole report: where not all datasets use it, those that do are named.</summary>
    public override string ToString() => Datasets is null ? $"{Label}: {Value}" : $"{Label}: {Value} ({string.Join(", ", Datasets)})";
}
