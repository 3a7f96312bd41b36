using System.Globalization;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The pictures in the cells of a worksheet.</summary>
/// <param name="sheet">The worksheet, at the row of the next picture.</param>
internal sealed class SheetPictures(SheetWriter sheet)
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

    /// <summary>Whether a column may have some.</summary>
    public static bool MayBeIn(ExcelColumn column) =>
        !column.IsBlank && column.LaidOut.Column.Kind is ColumnKind.Binary or ColumnKind.Text;

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

    /// <summary>Takes the picture of a cell of the row that is being written.</summary>
    /// <param name="bytes">The cell.</param>
    /// <param name="column">Its column.</param>
    /// <returns>How high the row must be for it, in points; 0 for what is no picture, or is not shown.</returns>
    public int Take(byte[] bytes, ExcelColumn column)
    {
        if (pictures.Count == Most)
        {
            Beyond += BinaryText.Picture(bytes) is null ? 0 : 1;
            return 0;
        }

        if (CellPicture.Read(bytes) is not { } picture)
        {
            return 0;
        }

        column.MakeRoomForPicture(picture.Width);
        pictures.Add((column.Number, sheet.Row, BinaryText.Of(bytes, CultureInfo.InvariantCulture), picture with { Pixels = [] }));
        return (int)Math.Ceiling(picture.Height * PointsPerPixel) + Air;
    }
}
