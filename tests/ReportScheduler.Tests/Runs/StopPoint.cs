namespace ReportScheduler.Tests.Runs;

/// <summary>Holds the thread up that passes the point of a number, until it may go on.</summary>
/// <param name="number">The point, from 1.</param>
internal sealed class StopPoint(int number)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int passed;

    /// <summary>What the point is called; empty while nobody was there.</summary>
    public string Name { get; private set; } = "";

    public Task Reached => reached.Task;

    public void Pass(string point)
    {
        if (Interlocked.Increment(ref passed) != number)
        {
            return;
        }

        Name = point;
        reached.SetResult();
        if (goesOn.Task.GetAwaiter().GetResult() is { } problem)
        {
            throw problem;
        }
    }

    /// <param name="problem">What the thread gets in place of an answer; null for the answer.</param>
    public void GoOn(Exception? problem = null) => goesOn.TrySetResult(problem);
}
