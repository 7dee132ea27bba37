using System.Globalization;

namespace Billing.Faults.Appending;

/// <summary>What the appending program was told, over all its lives: for each thread, the answers to its appends in order.</summary>
internal sealed class Acknowledgements(int threads)
{
    private readonly Lock gate = new();
    private readonly List<(long Position, long Place)>[] answers = [.. Enumerable.Range(0, threads).Select(_ => new List<(long, long)>())];
    private readonly List<string> contradictions = [];

    public long Count
    {
        get
        {
            lock (gate) return answers.Sum(a => (long)a.Count);
        }
    }

    /// <summary>Appends that were answered a second time, and otherwise.</summary>
    public IReadOnlyList<string> Contradictions
    {
        get
        {
            lock (gate) return [.. contradictions];
        }
    }

    public IReadOnlyList<(long Position, long Place)> Of(int thread) => answers[thread];

    public int Threads => threads;

    /// <summary>For each thread, the last append that was acknowledged, to be sent again, or the first.</summary>
    public IEnumerable<string> ResumeAt()
    {
        lock (gate)
            return [.. answers.Select(a => Math.Max(0, a.Count - 1).ToString(CultureInfo.InvariantCulture))];
    }

    public void Note(string line)
    {
        var words = line.Split(' ');
        var (thread, number) = (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
        var answer = (long.Parse(words[3], CultureInfo.InvariantCulture), long.Parse(words[4], CultureInfo.InvariantCulture));
        lock (gate)
        {
            var known = answers[thread];
            if (number == known.Count) known.Add(answer);
            else if (number > known.Count || known[number] != answer)
                contradictions.Add($"append {number} of thread {thread} was answered {answer} when it was repeated");
        }
    }
}
