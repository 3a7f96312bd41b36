using System.Security.Cryptography;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Writes the pictures of cells into the file; one that comes again is written once.</summary>
internal sealed class PdfCellPictures(PdfObjects objects)
{
    private const float PointsPerPixel = 0.75f;

    // Memory does not grow with the rows.
    private const int MostKnown = 5000;

    private readonly Dictionary<string, RowPicture?> known = new(StringComparer.Ordinal);

    /// <param name="bytes">The value of a cell.</param>
    /// <param name="words">What it is, for those who do not see it.</param>
    /// <returns>Null for what is no picture.</returns>
    public RowPicture? Of(byte[] bytes, string words)
    {
        var key = Convert.ToHexString(SHA256.HashData(bytes));
        if (!known.TryGetValue(key, out var picture))
        {
            picture = Write(bytes, words);
            if (known.Count < MostKnown)
            {
                known.Add(key, picture);
            }
        }

        return picture;
    }

    private RowPicture? Write(byte[] bytes, string words) => CellPicture.Read(bytes) is not { } picture
        ? null
        : new RowPicture(picture.IsJpeg
            ? PdfPicture.OfJpeg(objects, picture.Data, picture.PixelWidth, picture.PixelHeight, isGrey: false)
            : PdfPicture.OfPixels(objects, picture.Pixels, picture.PixelWidth, picture.PixelHeight),
            words, picture.Width * PointsPerPixel, picture.Height * PointsPerPixel);
}
