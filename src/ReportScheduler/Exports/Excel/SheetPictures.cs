using System.Globalization;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The pictures in the cells of a worksheet.</summary>
/// <param name="row">The number of the row that is being written, from 1.</param>
internal sealed class SheetPictures(Func<int> row)
{
    /// <summary>More make a workbook that nobody can scroll.</summary>
    public const int Most = 1000;

    // Around a picture, in points.
    private const int Air = 3;
    private const double PointsPerPixel = 0.75;

    private readonly List<(int Column, int Row, string Words, CellPicture Picture)> pictures = [];

    public int Count => pictures.Count;

    /// <summary>How many pictures are not shown, because there are too many.</summary>
    public long Beyond { get; private set; }

    /// <summary>Writes them into the workbook, and where they are into the drawing of the sheet.</summary>
    public void Add(PackageWriter package, WorkbookDrawings drawings, SheetDrawing drawing)
    {
        foreach (var (column, line, words, picture) in pictures)
        {
            var extension = picture.IsJpeg ? "jpeg" : "png";
            var name = string.Create(CultureInfo.InvariantCulture, $"media/image{drawings.AddPicture(extension)}.{extension}");
            package.Add($"xl/{name}", picture.Data.AsSpan());
            drawing.AddPicture($"../{name}", words, column - 1, line - 1, picture.Width, picture.Height);
        }
    }

    /// <summary>Takes the picture of a cell of the row that is being written.</summary>
    /// <param name="bytes">The cell.</param>
    /// <param name="column">The number of its column, from 1.</param>
    /// <param name="width">How wide the column must be for it.</param>
    /// <param name="height">How high the row must be for it.</param>
    /// <returns>Whether it is one, and is shown.</returns>
    public bool Take(byte[] bytes, int column, ColumnMeasure width, RowHeight height)
    {
        if (pictures.Count == Most)
        {
            Beyond += BinaryText.Picture(bytes) is null ? 0 : 1;
            return false;
        }

        if (CellPicture.Read(bytes) is not { } picture)
        {
            return false;
        }

        width.AddPicture(picture.Width);
        height.MakeRoomForPicture((int)Math.Ceiling(picture.Height * PointsPerPixel) + Air);
        pictures.Add((column, row(), BinaryText.Of(bytes, CultureInfo.InvariantCulture), picture with { Pixels = [] }));
        return true;
    }
}
