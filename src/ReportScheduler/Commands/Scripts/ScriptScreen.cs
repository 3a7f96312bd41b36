using System.Management.Automation.Host;

namespace ReportScheduler.Commands.Scripts;

/// <summary>The screen that a script believes to have: it has a size, shows nothing, and no key is pressed at it.</summary>
/// <param name="refuse">Gets each question, and throws.</param>
internal sealed class ScriptScreen(Action<string> refuse) : PSHostRawUserInterface
{
    private const int Wide = 120;
    private const int High = 50;

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override Size BufferSize { get; set; } = new(Wide, High);

    /// <inheritdoc/>
    public override Size WindowSize { get; set; } = new(Wide, High);

    /// <inheritdoc/>
    public override Size MaxWindowSize => new(Wide, High);

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => new(Wide, High);

    /// <inheritdoc/>
    public override Coordinates CursorPosition { get; set; }

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 1;

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "";

    /// <inheritdoc/>
    public override bool KeyAvailable => false;

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        refuse("ReadKey");
        return default;
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
    }

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
    }

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }
}
