namespace ReportScheduler.Exports.PdfFile;

/// <summary>What pages begin with alike, as streams of their own: a page may consist of several.</summary>
/// <remarks>Only the last few different ones are compared with: pages that follow each other are alike, or none are.</remarks>
internal sealed class SharedBeginnings(PdfObjects objects)
{
    private const int Kept = 16;

    private readonly (PdfBytes Bytes, int Number)[] kept = [.. Enumerable.Range(0, Kept).Select(_ => (new PdfBytes(), 0))];
    private int next;

    /// <summary>The number of the stream of these bytes; null when they are new, and may never come again.</summary>
    public int? NumberOf(ReadOnlySpan<byte> bytes)
    {
        for (var place = 0; place < kept.Length; place++)
        {
            ref var seen = ref kept[place];
            if (!seen.Bytes.Span.SequenceEqual(bytes))
            {
                continue;
            }

            if (seen.Number == 0)
            {
                seen.Number = objects.Reserve();
                objects.WriteStream(seen.Number, default, bytes);
            }

            return seen.Number;
        }

        kept[next].Bytes.Clear();
        kept[next].Bytes.Add(bytes);
        kept[next].Number = 0;
        next = (next + 1) % kept.Length;
        return null;
    }
}
