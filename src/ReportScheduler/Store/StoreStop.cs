namespace ReportScheduler.Store;

/// <summary>The end of a command that a person stops while a database does not answer it.</summary>
/// <remarks>No driver can be told at any moment to give up a connection on which nothing comes. Its question is left to a thread of
/// the pool, which ends with the driver's patience and changes nothing any more. What a stopped command has left to say it still says
/// to a database that answers.</remarks>
internal sealed class StoreStop
{
    /// <summary>So long a question has after the command was stopped.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    [ThreadStatic]
    private static StoreStop? current;

    [ThreadStatic]
    private static Question? asked;

    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isSilent;

    public void Stop() => stopped.TrySetResult();

    /// <summary>From now on the questions of this thread can be stopped, until the result is disposed of.</summary>
    public IDisposable Watch() => new Watched(this);

    /// <summary>Asks a question of which nobody can say when it is answered.</summary>
    /// <param name="ask">Asks, on another thread where this one can be stopped.</param>
    /// <param name="unanswered">What is thrown when the command was stopped before there was an answer.</param>
    public static T Ask<T>(Func<T> ask, Func<ReportException> unanswered) =>
        current is { } stop ? stop.Answer(ask, unanswered) : ask();

    /// <summary>Does nothing where somebody waits for the answer to this thread's question.</summary>
    /// <exception cref="OperationCanceledException">Nobody does: nothing of it is to be changed.</exception>
    public static void CheckAwaited()
    {
        if (asked is { IsLeft: true })
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Waits, unless the command was or is stopped.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public static void Pause(TimeSpan time)
    {
        if (current is null)
        {
            Thread.Sleep(time);
        }
        else if (current.stopped.Task.Wait(time))
        {
            throw new OperationCanceledException();
        }
    }

    private T Answer<T>(Func<T> ask, Func<ReportException> unanswered)
    {
        // one that was silent once is not waited for again
        if (isSilent)
        {
            throw unanswered();
        }

        var question = new Question();
        var asking = Task.Run(() =>
        {
            asked = question;
            try
            {
                return ask();
            }
            finally
            {
                asked = null;
            }
        });
        Task.WaitAny(asking, stopped.Task);
        if (Task.WaitAny([asking], Grace) >= 0)
        {
            return asking.GetAwaiter().GetResult();
        }

        (question.IsLeft, isSilent) = (true, true);
        // nobody looks at what becomes of it
        _ = asking.ContinueWith(over => _ = over.Exception, TaskScheduler.Default);
        throw unanswered();
    }

    private sealed class Question
    {
        private volatile bool isLeft;

        public bool IsLeft
        {
            get => isLeft;
            set => isLeft = value;
        }
    }

    private sealed class Watched : IDisposable
    {
        private readonly StoreStop? before = current;

        public Watched(StoreStop stop) => current = stop;

        public void Dispose() => current = before;
    }
}
