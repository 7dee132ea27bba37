namespace Billing.Tidy.Tests.Source;

public sealed class MemberListTests
{
    private const string Everything = """
        using System;
        namespace A.B;

        [Flags]
        public enum Role { None = 0, Owner = 1 }

        public readonly record struct Money(long Minor) : IComparable<Money>;

        public abstract record Shape<T>(int Sides) where T : class
        {
            private Shape() { }

            public sealed record Square(int Side) : Shape<T>(4)
            {
                public int Area => Side switch
                {
                    0 => 0,
                    _ => Side * Side,
                };
            }

            private static readonly (string, int)[] Names =
            [
                ("one", 1),
                ("two", 2),
            ];

            public static bool operator ==(Money a, Money b)
            {
                return true;
            }

            [Obsolete("Soon { gone")]
            public List<int> Sizes { get; } = new()
            {
                1,
            };

            public T Pick<T>(
                int x = 3) where T : struct
            {
                if (x > 0) { return default; }
                return Local();

                T Local() => default;
            }
        }

        internal interface IShape
        {
            void Draw();
        }
        """;

    [Fact]
    public void Finds_every_type() => Assert.Equal(
        [
            new DeclaredType("Role", 5), new DeclaredType("Money", 7), new DeclaredType("Shape", 9), new DeclaredType("Square", 13),
            new DeclaredType("IShape", 49),
        ],
        Parse(Everything).Types);

    [Fact]
    public void Measures_every_member_with_its_body() => Assert.Equal(
        [
            ("using System", 1, 1, false),
            ("private Shape()", 11, 1, false),
            ("public int Area", 15, 5, false),
            ("private static readonly (string, int)[] Names", 22, 5, true),
            ("public static bool operator ==(Money a, Money b)", 28, 4, false),
            ("public List<int> Sizes { get; }", 34, 4, false),
            ("public T Pick<T>(\n        int x = 3) where T : struct", 39, 8, false),
            ("void Draw()", 51, 1, false),
        ],
        Parse(Everything).Members.Select(m => (m.Head, m.Line, m.LineCount, m.IsField)));

    private static MemberList Parse(string text) => MemberList.Of(MaskedCode.Of(text).Code);
}
