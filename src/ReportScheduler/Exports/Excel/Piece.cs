using System.Collections.Concurrent;

namespace ReportScheduler.Exports.Excel;

/// <summary>A piece of a part on its way through a worker: plain, then deflated and summed.</summary>
/// <remarks>Its buffers are large, so that pieces are used again, also by the next workbook.</remarks>
internal sealed class Piece : IDisposable
{
    private const int MostSpare = 8;
    private const int MostLength = 1 << 20;

    private static readonly ConcurrentBag<Piece> Spare = [];

    private readonly MemoryStream deflated = new();

    /// <summary>An empty piece.</summary>
    public static Piece Take() => Spare.TryTake(out var piece) ? piece : new Piece();

    /// <summary>Puts an empty piece aside for whoever needs one.</summary>
    public static void Return(Piece piece)
    {
        if (Spare.Count < MostSpare && piece.Plain.Capacity <= MostLength)
        {
            Spare.Add(piece);
        }
        else
        {
            piece.Dispose();
        }
    }

    public XmlBuffer Plain { get; } = new();

    public ReadOnlySpan<byte> Deflated => deflated.GetBuffer().AsSpan(0, (int)deflated.Length);

    public uint Crc { get; private set; }

    /// <summary>Under way on a worker.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    public void Start() => Work = Task.Run(Deflate);

    public void Clear()
    {
        Plain.Length = 0;
        deflated.SetLength(0);
    }

    public void Dispose() => deflated.Dispose();

    private void Deflate()
    {
        Crc = Exports.Excel.Crc.Of(Plain.Span);
        Deflater.Deflate(Plain.Span, deflated);
    }
}
