namespace ReportScheduler.Exports.PdfFile;

/// <summary>What is drawn on a page, or in a form that pages show. Places are points from the left and from the top.</summary>
/// <remarks>ISO 32000-1, annex A. Numbers are kept in hundredths of a point, so
/// that steps from text to text add up to their places.</remarks>
internal sealed class PdfContent(float height)
{
    private readonly PdfBytes bytes = new();
    private readonly SortedDictionary<string, int> fonts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> forms = new(StringComparer.Ordinal);
    private readonly List<Action> later = [];
    private PdfFont? font;
    private int size;
    private int fill = -1;
    private int line = -1;
    private int lineWidth = -1;
    private int x;
    private int y;
    private bool isText;
    private bool isBold;
    private bool isHidden;

    public ReadOnlySpan<byte> Span => bytes.Span;

    /// <summary>In points.</summary>
    public float Height { get; private set; } = height;

    /// <summary>Begins anew, for another page.</summary>
    public void Clear(float newHeight)
    {
        bytes.Clear();
        fonts.Clear();
        forms.Clear();
        later.Clear();
        (Height, font, size, fill, line, lineWidth, isText, isBold, isHidden) = (newHeight, null, 0, -1, -1, -1, false, false, false);
    }

    /// <summary>Drops what was drawn, and not what it left behind: colours, fonts, what the page uses.</summary>
    public void ForgetBytes() => bytes.Clear();

    /// <summary>The dictionary of what it uses.</summary>
    public void AddResources(PdfBytes target)
    {
        target.Add("/Resources<<"u8);
        Add(target, "/Font<<"u8, fonts);
        Add(target, "/XObject<<"u8, forms);
        target.Add(">>"u8);

        static void Add(PdfBytes target, ReadOnlySpan<byte> kind, SortedDictionary<string, int> used)
        {
            if (used.Count == 0)
            {
                return;
            }

            target.Add(kind);
            foreach (var (name, number) in used)
            {
                target.AddName(name).Add((byte)' ').AddReference(number);
            }

            target.Add(">>"u8);
        }
    }

    /// <summary>Begins a part that readers see as one thing: text, if nothing but text comes in it.</summary>
    /// <param name="tag">What it is.</param>
    /// <param name="mark">Its number on the page.</param>
    /// <param name="onlyText">Whether only text comes in it.</param>
    public void Open(ReadOnlySpan<byte> tag, int mark, bool onlyText)
    {
        SetText(onlyText);
        bytes.Add(tag).Add("<</MCID "u8).Add(mark).Add(">>BDC\n"u8);
    }

    /// <summary>Begins a part that readers skip: rules, colours, what each page repeats.</summary>
    /// <param name="onlyText">Whether only text comes in it.</param>
    public void OpenArtifact(bool onlyText = false)
    {
        SetText(onlyText);
        bytes.Add("/Artifact BMC\n"u8);
    }

    /// <summary>Begins a part that is copied as another text than its glyphs.</summary>
    public void OpenSpan(ReadOnlySpan<char> text)
    {
        SetText(true);
        bytes.Add("/Span<</ActualText"u8).AddText(text).Add(">>BDC\n"u8);
    }

    public void Close(bool onlyText)
    {
        SetText(onlyText);
        bytes.Add("EMC\n"u8);
    }

    /// <summary>Draws something once the text is complete, which it would interrupt.</summary>
    public void DrawLater(Action draw) => later.Add(draw);

    /// <summary>Ends the text, and draws what was left for later.</summary>
    public void End()
    {
        SetText(false);
        if (later.Count > 0)
        {
            OpenArtifact();
            later.ForEach(draw => draw());
            Close(onlyText: false);
        }
    }

    /// <summary>Sets what the next text is drawn with.</summary>
    /// <param name="next">The font.</param>
    /// <param name="points">Its size.</param>
    /// <param name="color">0xRRGGBB.</param>
    /// <param name="isUnseen">Whether it is there for readers only.</param>
    public void Take(PdfFont next, float points, int color, bool isUnseen = false)
    {
        SetText(true);
        var hundredths = Hundredths(points);
        if (next != font || hundredths != size)
        {
            (font, size) = (next, hundredths);
            fonts[next.Name] = next.Number;
            bytes.AddName(next.Name).Add((byte)' ').AddHundredths(size).Add(" Tf\n"u8);
        }

        Fill(color);
        if (isUnseen != isHidden || (!isUnseen && next.Face.IsEmboldened != isBold))
        {
            (isHidden, isBold) = (isUnseen, !isUnseen && next.Face.IsEmboldened);
            if (isBold)
            {
                Stroke(color, points / 30);
            }

            bytes.Add(isHidden ? "3 Tr\n"u8 : isBold ? "2 Tr\n"u8 : "0 Tr\n"u8);
        }
        else if (isBold)
        {
            Stroke(color, points / 30);
        }
    }

    /// <summary>Goes to where the next text begins, on its base line.</summary>
    public void MoveTo(float left, float baseLine)
    {
        SetText(true);
        var (newX, newY) = (Hundredths(left), Hundredths(Height - baseLine));
        bytes.AddHundredths(newX - x).Add((byte)' ').AddHundredths(newY - y).Add(" Td"u8);
        (x, y) = (newX, newY);
    }

    /// <summary>Shows glyphs one behind the other.</summary>
    public void Show(ReadOnlySpan<ushort> codes)
    {
        AddString(codes);
        bytes.Add("Tj\n"u8);
    }

    /// <summary>Shows glyphs that end where the text would begin.</summary>
    /// <param name="codes">The glyphs.</param>
    /// <param name="width">How wide they are, in thousandths of the size.</param>
    public void ShowBefore(ReadOnlySpan<ushort> codes, int width)
    {
        // the places of the columns stay the same from row to row, which compresses better
        bytes.Add((byte)'[').Add(width).Add("]TJ"u8);
        Show(codes);
    }

    /// <summary>Shows glyphs, each moved to its right by so many thousandths of the size before it is drawn.</summary>
    public void Show(ReadOnlySpan<ushort> codes, ReadOnlySpan<int> moves)
    {
        bytes.Add((byte)'[');
        for (int start = 0, end; start < codes.Length; start = end)
        {
            if (moves[start] != 0)
            {
                bytes.Add(-moves[start]);
            }

            for (end = start + 1; end < codes.Length && moves[end] == 0; end++)
            {
            }

            AddString(codes[start..end]);
        }

        bytes.Add("]TJ\n"u8);
    }

    /// <summary>Shows the only glyph of a font of spaces, of size 100.</summary>
    public void ShowSpace(string name, int number)
    {
        fonts[name] = number;
        bytes.AddName(name).Add(" 100 Tf( )Tj\n"u8);
        (font, size) = (null, 0);
    }

    public void Rectangle(float left, float top, float width, float rectangleHeight, int color)
    {
        SetText(false);
        Fill(color);
        bytes.Add(left).Add((byte)' ').Add(Height - top - rectangleHeight).Add((byte)' ').Add(width).Add((byte)' ').Add(rectangleHeight)
            .Add(" re f\n"u8);
    }

    /// <summary>Begins a shape, to be filled or drawn along.</summary>
    public void Begin(float left, float top) => Step(left, top, " m\n"u8);

    public void LineTo(float left, float top) => Step(left, top, " l\n"u8);

    public void CurveTo(float left1, float top1, float left2, float top2, float left, float top)
    {
        bytes.Add(left1).Add((byte)' ').Add(Height - top1).Add((byte)' ').Add(left2).Add((byte)' ').Add(Height - top2).Add((byte)' ');
        Step(left, top, " c\n"u8);
    }

    public void CloseShape() => bytes.Add("h\n"u8);

    public void FillShape() => bytes.Add("f\n"u8);

    public void DrawShape() => bytes.Add("S\n"u8);

    /// <summary>Sets the colour of what is filled, before a shape begins.</summary>
    public void Fill(int color)
    {
        if (color != fill)
        {
            fill = color;
            AddColor(color);
            bytes.Add(" rg\n"u8);
        }
    }

    /// <summary>Sets colour and width of lines, before a shape begins.</summary>
    public void Stroke(int color, float width)
    {
        if (color != line)
        {
            line = color;
            AddColor(color);
            bytes.Add(" RG\n"u8);
        }

        if (Hundredths(width) != lineWidth)
        {
            lineWidth = Hundredths(width);
            bytes.AddHundredths(lineWidth).Add(" w 1 J 1 j\n"u8);
        }
    }

    /// <summary>Leaves text, before a shape begins.</summary>
    public void LeaveText() => SetText(false);

    /// <summary>Shows a form, or a picture, which by itself is one point high and wide.</summary>
    public void Show(string name, int number, float left, float bottom, float scaleX = 1, float scaleY = 1)
    {
        SetText(false);
        forms[name] = number;
        bytes.Add("q "u8).Add(scaleX).Add(" 0 0 "u8).Add(scaleY).Add((byte)' ').Add(left).Add((byte)' ').Add(Height - bottom).Add(" cm"u8)
            .AddName(name).Add(" Do Q\n"u8);
    }

    private static int Hundredths(float points) => (int)MathF.Round(points * 100);

    private void Step(float left, float top, ReadOnlySpan<byte> operation) =>
        bytes.Add(left).Add((byte)' ').Add(Height - top).Add(operation);

    private void SetText(bool wanted)
    {
        if (isText == wanted)
        {
            return;
        }

        isText = wanted;
        (x, y) = (0, 0);
        bytes.Add(wanted ? "BT\n"u8 : "ET\n"u8);
    }

    private void AddString(ReadOnlySpan<ushort> codes)
    {
        bytes.Add((byte)'(');
        if (font!.Face.IsPostScript)
        {
            foreach (var code in codes)
            {
                bytes.AddEscaped((byte)(code >> 8)).AddEscaped((byte)code);
            }
        }
        else
        {
            var room = bytes.Take(codes.Length * 2);
            var used = 0;
            foreach (var code in codes)
            {
                if (!CodeMap.IsSingle(code))
                {
                    room[used++] = (byte)(code >> 8);
                }

                room[used++] = (byte)code;
            }

            bytes.GiveBack(room.Length - used);
        }

        bytes.Add((byte)')');
    }

    private void AddColor(int color)
    {
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            // thousandths would differ from the colour of the other formats by less than a step, hundredths by more
            var thousandths = (int)Math.Round(((color >> shift) & 0xFF) / 0.255);
            bytes.Add(shift == 16 ? ""u8 : " "u8);
            AddThousandths(thousandths);
        }
    }

    private void AddThousandths(int thousandths)
    {
        if (thousandths is 0 or 1000)
        {
            bytes.Add(thousandths / 1000);
            return;
        }

        bytes.Add((byte)'.').Add((byte)('0' + (thousandths / 100)));
        if (thousandths % 100 > 0)
        {
            bytes.Add((byte)('0' + (thousandths / 10 % 10)));
            if (thousandths % 10 > 0)
            {
                bytes.Add((byte)('0' + (thousandths % 10)));
            }
        }
    }
}
