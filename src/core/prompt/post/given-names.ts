/** Given names that are common in one of the languages that posts are written in and that are no place, month or brand. */
const givenNames = new Set(
  `Aaliyah Aarav Abdul Abigail Adam Adele Adrian Agnes Ahmed Aiko Aisha Akira Alan Albert Alejandro Alessandro Alex Alfred
  Alice Alicia Ali Alina Allison Alvaro Amanda Amelia Amina Amir Amy Ana Anders Andrea Andreas Andrei Andrew Andy Angela
  Angelo Anika Anita Anja Ann Anna Anne Annika Anthony Antoine Antonio Anton Arjun Arthur Astrid Audrey Ayako Ayse
  Barbara Beatrice Beatriz Ben Benjamin Bernd Bernard Bianca Bilal Björn Bogdan Boris Brandon Brenda Brian Bruno
  Camille Carlos Carmen Carolina Caroline Catherine Cecilia Chika Chiara Chloe Christina Christine
  Christopher Claire Claudia Clara Connor Cynthia Daiki Daniel Daniela Danielle David Deborah Deepak Denise Dennis Diana
  Diego Dieter Dmitri Dominik Donald Donna Doris Dorothy Dylan Edward Eduardo Elena Eleanor Elias Elif Elisa Elisabeth
  Elizabeth Ella Ellen Elsa Emil Emilia Emily Emma Emre Enrique Eric Erik Erika Esra Esther Ethan Eugenia Eva Evelyn
  Fabian Fabio Fatima Federico Felipe Felix Fernanda Fernando Filip Fiona Florian Francesca Francesco Francois François
  Francisco Franz Frederik Friedrich Gabriel Gabriela Gary George Gerald Giovanni Giulia Giuseppe Gloria Gonzalo Gregory
  Guillaume Gustavo Hana Hannah Hans Haruka Haruki Haruto Hassan Heike Heinz Helen Helena Helga Henri Henrik Henry
  Hiroshi Hugo Ibrahim Ignacio Igor Ines Ingrid Irene Irina Isabel Isabella Ivan Jacob Jacques Jakob James Jan Jana Jane
  Janet Jason Javier Jeffrey Jens Jennifer Jeremy Jessica Joan Joanna Johan Johann Johannes John Jonas Jonathan Joao João
  Jorge Jose José Josef Joseph Joshua Juan Juana Judith Julia Julian Juliana Julie Jun Jürgen Karen Karim Karin Karl
  Katarina Katarzyna Kate Katharina Katherine Kathleen Katja Kazuki Keiko Keith Kelly Kenji Kenneth Kerstin Kevin Khalid
  Kimberly Klaus Krzysztof Kumiko Kyle Lars Laura Lauren Layla Leila Lena Leo Leon Leonardo Lina Linda Lisa Louis Louise
  Luca Lucas Lucia Lucía Luigi Luis Luisa Lukas Magdalena Magnus Makoto Manuel Manuela Marcel Marco Marcos Marek Margaret
  Maria María Mariam Mariana Marie Mario Markus Marta Martha Martin Martina Maryam Mateo Mathieu Matteo Matthew Matthias
  Maximilian Megan Mehmet Mei Melissa Mia Michael Michel Michelle Miguel Mikael Mikhail Miyuki Mohamed Mohammad Mohammed
  Monika Muhammad Mustafa Nadia Nancy Naoki Naomi Natalia Natalie Natasha Nathan Nicholas Nicolas Nicole Nikhil Nils
  Nina Noah Noemi Nora Olga Oliver Olivia Omar Oscar Oskar Otto Pablo Pamela Paola Paolo Patricia Patrick Paul Paula
  Pauline Pavel Pedro Peter Petra Philip Philippe Pierre Pilar Piotr Priya Rachel Rahul Raj Ralf Raphael Raquel
  Rafael Rebecca Ricardo Richard Riku Rita Robert Roberto Rodrigo Roger Roland Ronald Rosa Ruben Ruth Ryan Sabine Sabrina
  Sakshi Salma Samantha Samira Samuel Sandra Sanjay Santiago Sara Sarah Satoshi Scott Sebastian Selin Sergei Sergio Shanti
  Sharon Simon Simone Sofia Sofie Sonja Sophia Sophie Stefan Stefanie Stephanie Stephen Steven Susan Susanne Sven Svetlana
  Takashi Takeshi Tanja Tariq Tatiana Teresa Thomas Tim Timothy Tobias Tomas Tomasz Tomoko Ulrich Ursula Uwe Valentina
  Valeria Vanessa Veronica Victor Viktor Vincent Vladimir Walter Werner Wilhelm William Wolfgang Xavier Yasmin Yolanda
  Youssef Yuki Yuko Yusuf Yuto Yves Zachary Zainab Zeynep Zoe Zuzanna`.split(/\s+/u),
);

/** Given names that are words or places too: names only inside a sentence, or before a surname. */
const namesInside = new Set(
  `Amber Angel Anton April Art Austin Bill Bob Carol Charlie Charlotte Chris Christian Chuck Crystal Daisy Dan Dave Dean Don
  Drew Ed Eddie Faith Florence Frank Fred Gene Grace Greg Guy Harry Heather Hope Iris Ivy Jack Jade Jay Jeff Jerry Jim Jimmy
  Joe Joy Ken Larry Liam Lily Mark Mary Matt Max Mike Miles Nick Olive Pat Pearl Penny Pete Pierce Rachael Ray Rich Rick Rob
  Robin Ron Rose Ruby Sally Sam Steve Sue Ted Terry Tom Tony Victoria Violet Will`.split(/\s+/u),
);

/** Whether a capitalized word is a given name wherever it occurs. */
export function isGivenName(word: string): boolean {
  return givenNames.has(word);
}

/** Whether a capitalized word is a given name, unless it begins a sentence. */
export function mayBeGivenName(word: string): boolean {
  return namesInside.has(word);
}
