using ReportScheduler.Exports.Drawing;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Preview;

/// <summary>The pictures in the first rows of a dataset, as small as they are seen, until they would make a mail heavy.</summary>
/// <param name="rows">How many rows a mail shows.</param>
internal sealed class PreviewPictures(int rows)
{
    /// <summary>How many a dataset has in a mail at most.</summary>
    public const int Most = 50;

    /// <summary>How many bytes they have together at most.</summary>
    public const int MostBytes = 1 << 20;

    private readonly Dictionary<(int Row, int Column), CellPicture> taken = [];
    private long bytes;

    public static IReadOnlyDictionary<(int Row, int Column), CellPicture> None { get; } = new Dictionary<(int Row, int Column), CellPicture>();

    public IReadOnlyDictionary<(int Row, int Column), CellPicture> Taken => taken;

    public void See(in Cell cell, int row, int column)
    {
        if (cell.Kind == CellKind.Binary && row < rows && taken.Count < Most
            && CellPicture.Read(cell.Binary) is { } picture && bytes + picture.Data.Length <= MostBytes)
        {
            bytes += picture.Data.Length;
            taken.Add((row, column), picture with { Pixels = [] });
        }
    }
}
