using System.Management.Automation.Host;

namespace ReportScheduler.Host;

/// <summary>The size and colours of the terminal, which tables and progress fit into.</summary>
internal sealed class ConsoleScreen : PSHostRawUserInterface
{
    // what a table is given when it goes to a file or pipe
    private const int WidthOfAFile = 120;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize
    {
        get => WindowSize;
        set => throw Fixed();
    }

    public override Size WindowSize
    {
        get => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? new Size(WidthOfAFile, 50) : new Size(Console.WindowWidth, Console.WindowHeight);
        set => throw Fixed();
    }

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override Coordinates CursorPosition
    {
        get => new(0, 0);
        set => throw Fixed();
    }

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw Fixed();
    }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "ReportScheduler";

    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, 0, keyDown: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Fixed();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Fixed();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Fixed();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Fixed();

    private static NotSupportedException Fixed() => new("This host writes lines to the terminal and cannot move about on it.");
}
