using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>The document of a task as the first versions wrote it.</summary>
internal static class FlatTask
{
    private const string Datasets = nameof(ReportTask.Datasets);

    public static bool Is(BsonDocument document) =>
        document.ContainsKey(nameof(ReportTask.Query)) || (document[Datasets] is BsonArray { Count: > 0 } datasets
            && !datasets[0].AsDocument.ContainsKey(nameof(ReportDataset.Query)));

    /// <summary>The document without the member whose form has changed.</summary>
    public static BsonDocument WithoutDatasets(BsonDocument document)
    {
        var copy = new BsonDocument(document.GetElements().ToDictionary(element => element.Key, element => element.Value));
        copy.Remove(Datasets);
        return copy;
    }

    public static void Apply(ReportTask task, BsonDocument document) =>
        FlatDefinition.Apply(task, document[Datasets] is BsonArray datasets ? StoreValue.ReadEntries(datasets) : null,
            member => Value(member, document[member]));

    private static object? Value(string member, BsonValue value) => value switch
    {
        BsonArray list when member is "Hide" or "ChartY" => list.Select(item => item.AsString).ToArray(),
        BsonArray entries => StoreValue.ReadEntries(entries),
        _ => StoreValue.Read(value),
    };
}
