using System.Globalization;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The pictures in the cells of a worksheet.</summary>
/// <param name="columns">The columns that are shown.</param>
internal sealed class SheetPictures(IReadOnlyList<ExcelColumn> columns)
{
    /// <summary>More make a workbook that nobody can scroll.</summary>
    public const int Most = 1000;

    // Around a picture, in points.
    private const int Air = 3;
    private const double PointsPerPixel = 0.75;

    private readonly ExcelColumn[] places = [.. columns.Where(column => !column.IsBlank
        && column.LaidOut.Column.Kind is ColumnKind.Binary or ColumnKind.Text)];

    private readonly List<(int Column, int Row, string Words, CellPicture Picture)> pictures = [];

    public int Count => pictures.Count;

    /// <summary>How many pictures are not shown, because there are too many.</summary>
    public long Beyond { get; private set; }

    /// <summary>Takes the pictures of a row.</summary>
    /// <param name="row">The cells.</param>
    /// <param name="number">The number of the row on the sheet, from 1.</param>
    /// <returns>How high the row must be for them, in points; 0 for as it is.</returns>
    public int See(ReadOnlySpan<Cell> row, int number)
    {
        var height = 0;
        foreach (var column in places)
        {
            column.HasPicture = false;
            ref readonly var cell = ref row[column.Source];
            if (cell.Kind == CellKind.Binary && Take(cell.Binary, column, number) is { } picture)
            {
                column.HasPicture = true;
                height = Math.Max(height, (int)Math.Ceiling(picture.Height * PointsPerPixel) + Air);
            }
        }

        return height;
    }

    /// <summary>Writes them into the workbook, and where they are into the drawing of the sheet.</summary>
    public void Add(PackageWriter package, WorkbookDrawings drawings, SheetDrawing drawing)
    {
        foreach (var (column, row, words, picture) in pictures)
        {
            var extension = picture.IsJpeg ? "jpeg" : "png";
            var name = string.Create(CultureInfo.InvariantCulture, $"media/image{drawings.AddPicture(extension)}.{extension}");
            package.Add($"xl/{name}", picture.Data.AsSpan());
            drawing.AddPicture($"../{name}", words, column - 1, row - 1, picture.Width, picture.Height);
        }
    }

    private CellPicture? Take(byte[] bytes, ExcelColumn column, int row)
    {
        if (pictures.Count == Most)
        {
            Beyond += BinaryText.Picture(bytes) is null ? 0 : 1;
            return null;
        }

        if (CellPicture.Read(bytes) is not { } picture)
        {
            return null;
        }

        column.MakeRoomForPicture(picture.Width);
        pictures.Add((column.Number, row, BinaryText.Of(bytes, CultureInfo.InvariantCulture), picture with { Pixels = [] }));
        return picture;
    }
}
