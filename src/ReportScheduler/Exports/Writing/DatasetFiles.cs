using ReportScheduler.Exports.Layout;
using ReportScheduler.Files;

namespace ReportScheduler.Exports.Writing;

/// <summary>The files of a format that has one per dataset: <c>sales.csv</c>, or
/// <c>sales - North.csv</c> when there are several datasets.</summary>
internal sealed class DatasetFiles(ReportDocument document, ReportFormat format) : IDisposable
{
    private readonly List<OutputFile> files = [];
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    public OutputFile Add(string dataset)
    {
        var file = new OutputFile(Path.Combine(document.Folder, Name(dataset)));
        files.Add(file);
        return file;
    }

    public IReadOnlyList<string> Complete() => [.. files.Select(file => file.Complete())];

    public void Dispose() => files.ForEach(file => file.Dispose());

    private string Name(string dataset)
    {
        var whole = document.FileName(format);
        if (!document.Task.HasSeveralDatasets)
        {
            return whole;
        }

        var stem = SafeName.Of($"{Path.GetFileNameWithoutExtension(whole)} - {dataset}", SafeName.LongestOfDataset);
        var name = stem;
        for (var number = 2; !names.Add(name); number++)
        {
            name = $"{stem} ({number})";
        }

        return name + Path.GetExtension(whole);
    }
}
