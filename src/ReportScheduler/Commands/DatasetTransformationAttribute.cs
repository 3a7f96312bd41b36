using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes datasets as New-ReportDataset gives them, or as a dictionary of name and SQL text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DatasetTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return Datasets(NotGiven.Unwrapped(inputData));
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }

    private static ReportDataset[]? Datasets(object? given) => given switch
    {
        null => null,
        IDictionary named => [.. InOrder(named).Select(entry => new ReportDataset { Name = $"{entry.Key}", Query = $"{entry.Value}" })],
        IEnumerable several and not string =>
            [.. several.Cast<object?>().Select(each => PartConversion.ToDataset(each) ?? throw CommandErrors.NotADataset($"{each}"))],
        _ when NotGiven.IsEmptyCell(given) => null,
        _ when PartConversion.ToDataset(given) is { } one => [one],
        PSObject properties =>
            [.. properties.Properties.Select(property => new ReportDataset { Name = property.Name, Query = $"{property.Value}" })],
        _ => throw CommandErrors.NotADataset($"{given}"),
    };

    // a plain hashtable has no order of its own
    private static IEnumerable<DictionaryEntry> InOrder(IDictionary named) =>
        named is OrderedDictionary
            ? named.Cast<DictionaryEntry>()
            : named.Cast<DictionaryEntry>().OrderBy(entry => $"{entry.Key}", StringComparer.OrdinalIgnoreCase);
}
