namespace ReportScheduler.Exports.PdfFile;

/// <summary>How many colours a JPEG file is made of.</summary>
internal static class JpegKind
{
    /// <summary>1 for greys, 3 for colours, 4 for those of print; 0 when it says nothing.</summary>
    public static int Components(ReadOnlySpan<byte> jpeg)
    {
        for (var place = 2; place + 9 < jpeg.Length && jpeg[place] == 0xFF;)
        {
            var marker = jpeg[place + 1];
            // the start of a frame; the three that are left out are tables
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return jpeg[place + 9];
            }

            place += 2 + ((jpeg[place + 2] << 8) | jpeg[place + 3]);
        }

        return 0;
    }
}
