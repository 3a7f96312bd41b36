using ReportScheduler.Rows;

namespace ReportScheduler.Sources;

/// <summary>The rows of one server in a file, with their columns.</summary>
internal sealed class GatheredPart : IDisposable
{
    private GatheredPart(string name, RowFile rows, int columns)
    {
        (Name, Rows) = (name, rows);
        HasValues = new bool[columns];
    }

    /// <summary>What its rows say in their column connection.</summary>
    public string Name { get; }

    public IReadOnlyList<SourceColumn> Columns { get; private set; } = [];

    /// <summary>Per column, whether a row has a value in it: without one its kind says nothing.</summary>
    public bool[] HasValues { get; }

    public RowFile Rows { get; }

    /// <summary>Reads all rows.</summary>
    /// <param name="name">The server.</param>
    /// <param name="reader">Its rows; before the first.</param>
    /// <param name="path">The file to make.</param>
    /// <param name="cancel">Stops it; nothing is left then.</param>
    public static GatheredPart Read(string name, IRowReader reader, string path, CancellationToken cancel)
    {
        using var pool = new BatchPool(reader.Columns.Count);
        var part = new GatheredPart(name, new RowFile(path, reader.Columns.Count), reader.Columns.Count);
        try
        {
            reader.LookAhead(pool, cancel);
            while (reader.Next(pool, cancel) is { } batch)
            {
                part.Add(batch);
                pool.Return(batch);
            }

            part.Columns = [.. reader.Columns];
            part.Rows.Rewind();
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    public void Dispose() => Rows.Dispose();

    private void Add(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            for (var i = 0; i < HasValues.Length; i++)
            {
                HasValues[i] |= batch[row][i].Kind != CellKind.Null;
            }
        }

        Rows.Add(batch);
    }
}
