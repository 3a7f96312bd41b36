namespace ReportScheduler.Exports.Excel;

/// <summary>A piece of a part on its way through a worker: plain, then deflated and summed.</summary>
internal sealed class Piece : IDisposable
{
    private const int MostSpare = 2;
    private const int SpareLength = 1 << 18;

    private static readonly Stack<Piece> Spare = new();

    private readonly MemoryStream deflated = new();

    public XmlBuffer Plain { get; } = new();

    public ReadOnlySpan<byte> Deflated => deflated.GetBuffer().AsSpan(0, (int)deflated.Length);

    public uint Crc { get; private set; }

    /// <summary>Under way on a worker.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>A piece without anything in it, with the room that an earlier small one took if there is one: each of the
    /// hundreds of workbooks of a split report would grow its own.</summary>
    public static Piece Take()
    {
        lock (Spare)
        {
            return Spare.TryPop(out var piece) ? piece : new Piece();
        }
    }

    /// <summary>Gives it to the next workbook, unless it is large.</summary>
    public void GiveBack()
    {
        if (Plain.Capacity > SpareLength || deflated.Capacity > SpareLength)
        {
            Dispose();
            return;
        }

        Clear();
        lock (Spare)
        {
            if (Spare.Count < MostSpare)
            {
                Spare.Push(this);
            }
        }
    }

    public void Start() => Work = Task.Run(Deflate);

    /// <summary>Deflates it on the caller's thread.</summary>
    public void Run() => Deflate();

    public void Clear()
    {
        Work = Task.CompletedTask;
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
